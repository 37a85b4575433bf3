"""What the demo writes down is enough to go on from, and what it cannot read it says so of."""

from pathlib import Path

import pytest

from faur.cli.refusal import Refused
from faur.cli.road.journal import Journal
from faur.cli.road.people import operator
from faur.cli.road.server import running_factory


def test_what_is_done_is_not_done_again_after_a_crash(tmp_path: Path) -> None:
    times: list[int] = []
    for _ in range(2):
        Journal(tmp_path / "road.json").once("a deed", lambda: times.append(1) or "done")
    assert times == [1]


def test_a_finished_road_is_followed_by_a_new_one_with_its_own_keys(tmp_path: Path) -> None:
    first = Journal(tmp_path / "road.json")
    first.once("a deed", lambda: "done")
    first.finish()
    second = Journal(tmp_path / "road.json")
    assert second.number == first.number + 1
    assert second.once("a deed", lambda: "done anew") == "done anew"


@pytest.mark.parametrize("content", ["", "{", "[]", "7", '{"number": "one"}', '{"number": 1, "done": []}'])
def test_a_journal_that_is_none_is_refused_in_words(tmp_path: Path, content: str) -> None:
    path = tmp_path / "road.json"
    path.write_text(content)
    with pytest.raises(Refused, match="does not hold how far the demo has come"):
        Journal(path)
    assert path.read_text() == content


@pytest.mark.parametrize("content", [None, "", "[]", '{"email": "a@b.eu"}'])
def test_an_operators_file_that_is_none_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    monkeypatch.setenv("FAUR_HOME", str(tmp_path))
    if content is not None:
        (tmp_path / "operator.json").write_text(content)
    with pytest.raises(Refused, match="does not hold the first operator's account"):
        operator("http://127.0.0.1:1", Journal(tmp_path / "road.json"))


def test_a_home_that_cannot_be_made_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAUR_HOME", "/proc/faur")
    with pytest.raises(Refused, match="The home folder /proc/faur cannot be used"), running_factory():
        pass


def test_a_factory_that_does_not_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAUR_HOME", str(tmp_path))
    monkeypatch.setenv("FAUR_PORT", "eighty")
    with pytest.raises(Refused) as refused, running_factory():
        pass
    assert "FAUR_PORT cannot be 'eighty'" in refused.value.in_words()
