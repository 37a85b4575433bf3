"""Real files, looked into by the real inspector in its sandbox: what is let in, and what is refused with which code."""

import pytest

from faur.kernel import wiring
from faur.kernel.record import entries_about
from faur.kernel.tasks import drain
from faur.services.data import checking
from faur.services.data.checking import check_version
from faur.services.data.models import DatasetVersion
from faur.services.data.ports import Inspected, TableInspector
from faur.services.data.tests import world

pytestmark = pytest.mark.django_db


def csv(text: str) -> bytes:
    return text.encode()


GOOD = {
    "table.parquet": world.parquet(),
    "table.csv": csv("size,diagnosis\n1.5,benign\n,malignant\n"),
    "odd.parquet": world.parquet({"x": [float("nan"), float("inf"), float("-inf"), 1.0]}),
    "nul.parquet": world.parquet({"a\0b": ["x\0y", "z"]}),
}
BAD = {
    "empty.csv": (b"", "data.empty"),
    "head-only.csv": (csv("size,diagnosis\n"), "data.empty"),
    "no-rows.parquet": (world.parquet({"x": []}), "data.empty"),
    "broken.parquet": (world.parquet()[:-20], "data.unreadable"),
    "lies.parquet": (b"PAR1" + b"\x00" * 100 + b"PAR1", "data.unreadable"),
    "twice.csv": (csv("a,a\n1,2\n"), "data.duplicate_column"),
    "ragged.csv": (csv("a,b\n1,2\n1,2,3\n"), "data.unreadable"),
    "latin.csv": ("a,b\ntest\xe9,1\n".encode("latin-1"), "data.unreadable"),
}


@pytest.fixture
def looked_into(ana, place):
    """Every file as a version of its own, after the factory has looked into all of them."""
    made = world.dataset(ana, place)
    versions = {
        name: world.checking(ana, made, content, path=name).pk
        for name, content in {**GOOD, **{name: content for name, (content, _code) in BAD.items()}}.items()
    }
    drain()
    return {name: DatasetVersion.objects.get(pk=pk) for name, pk in versions.items()}


def test_what_can_be_read_is_published_with_its_profile_and_what_cannot_is_refused_with_a_code(looked_into):
    states = {name: version.state for name, version in looked_into.items()}
    assert states == {**dict.fromkeys(GOOD, "published"), **dict.fromkeys(BAD, "refused")}
    refused = {name: version for name, version in looked_into.items() if version.state == "refused"}
    assert {name: version.refusal_code for name, version in refused.items()} == {
        name: code for name, (_content, code) in BAD.items()
    }
    assert all(name in version.refusal for name, version in refused.items())

    table = looked_into["table.parquet"]
    assert table.files[0]["media_type"] == "application/vnd.apache.parquet"
    size, diagnosis, _count = table.profile[0]["columns"]
    assert (table.profile[0]["rows"], size["missing"], size["minimum"], size["maximum"]) == (4, 1, 1.5, 4.0)
    assert {one["value"]: one["count"] for one in diagnosis["values"]} == {"benign": 2, "malignant": 1}
    assert looked_into["table.csv"].files[0]["media_type"] == "text/csv"

    (odd,) = looked_into["odd.parquet"].profile[0]["columns"]
    assert (odd["not_a_number"], odd["infinite"], odd["minimum"], odd["maximum"]) == (1, 2, 1.0, 1.0)

    (column,) = looked_into["nul.parquet"].profile[0]["columns"]
    assert (column["name"], column["values"][0]["value"]) == ("a\ufffdb", "x\ufffdy")
    (entry,) = entries_about(table.uid, "data.accept_version")
    assert entry.claims["files"][0]["columns"] == 3


class Wired:
    """An inspector that answers as told, where the question is what the factory makes of the answer."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = 0

    def inspect(self, digest, filename):
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def inspector(monkeypatch):
    """Wires an inspector for one test."""

    def wire(answer):
        told = Wired(answer)
        monkeypatch.setattr(checking, "wired", lambda port: told if port is TableInspector else wiring.wired(port))
        return told

    return wire


def test_checking_again_what_is_decided_asks_nobody(ana, place, inspector):
    version = world.published(ana, world.dataset(ana, place))
    told = inspector(world.FOUND)
    check_version.call(version.pk)
    assert told.asked == 0


def test_the_first_file_that_is_not_fit_refuses_the_version_and_is_named(ana, place, inspector):
    version = world.checking(ana, world.dataset(ana, place))
    inspector(Inspected(code="data.unreadable", sentence="It cannot be read."))
    check_version.call(version.pk)
    version.refresh_from_db()
    assert (version.state, version.refusal) == ("refused", "t.csv: It cannot be read.")


def test_more_columns_than_can_be_kept_are_refused(ana, place, inspector):
    version = world.checking(ana, world.dataset(ana, place))
    inspector(Inspected(profile={"rows": 1, "columns": [{"name": "x"}] * 100_001}))
    check_version.call(version.pk)
    version.refresh_from_db()
    assert (version.state, version.refusal_code) == ("refused", "data.too_many_columns")


def test_nobody_waits_for_ever_for_an_inspector_that_falls_over_each_time(ana, place, inspector):
    version = world.checking(ana, world.dataset(ana, place))
    inspector(RuntimeError("segmentation fault"))
    with pytest.raises(RuntimeError):
        check_version.call(version.pk)
    checking.refuse_unchecked(version.pk)
    checking.refuse_unchecked(version.pk)
    version.refresh_from_db()
    assert (version.state, version.refusal_code) == ("refused", "data.unchecked")
    assert entries_about(version.uid, "data.refuse_version").count() == 1
