import pytest

from faur.kernel.actors.actor import ANONYMOUS, SYSTEM, Actor, Role
from faur.kernel.record import Subject, entries, entries_about, entry, latest
from faur.kernel.record.errors import ChainEmpty
from faur.kernel.record.tests.conftest import MODEL

DIGEST = "sha256:" + "cd" * 32


@pytest.fixture
def written(write):
    write("prj_1", MODEL)
    write("prj_2", MODEL, Subject("dst_1", DIGEST), verb="models.promote")
    write("prj_1", Subject("job_1"), verb="training.run_ended")
    write("prj_1", Subject("", MODEL.digest), verb="models.promote")


def test_a_chain_is_read_in_its_order(written):
    assert [str(one) for one in entries("prj_1")] == ["prj_1#1", "prj_1#2", "prj_1#3"]
    assert not entries("prj_9").exists()


@pytest.mark.parametrize(
    ("subject", "verb", "found"),
    [
        ("mod_1", None, ["prj_1#1", "prj_2#1"]),
        (MODEL.digest, None, ["prj_1#1", "prj_2#1", "prj_1#3"]),
        (MODEL.digest, "models.promote", ["prj_2#1", "prj_1#3"]),
        (DIGEST, None, ["prj_2#1"]),
        ("job_1", None, ["prj_1#2"]),
        ("job_9", None, []),
        ("", None, []),
    ],
)
def test_entries_about_a_thing(subject, verb, found, written):
    assert [str(one) for one in entries_about(subject, verb)] == found


def test_one_entry(written):
    assert entry("prj_1", 2).verb == "training.run_ended"
    with pytest.raises(ChainEmpty):
        entry("prj_1", 9)


def test_the_latest_entry(written):
    assert str(latest("prj_1")) == "prj_1#3"
    assert str(latest("prj_1", "models.register")) == "prj_1#1"
    assert latest("prj_9") is None


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (Actor(1, "usr_1", "", frozenset({(Role.MEMBER, "prj_1")})), ["prj_1#1"]),
        (Actor(1, "usr_1", "", frozenset({(Role.MEMBER, "prj_9")})), []),
        (Actor(1, "usr_1", "", frozenset({(Role.AUDITOR, "factory")})), ["prj_1#1", "prj_2#1"]),
        (Actor(1, "usr_1", "", frozenset({(Role.EVALUATOR, "factory")})), []),
        (ANONYMOUS, []),
        (SYSTEM, ["prj_1#1", "prj_2#1"]),
    ],
)
def test_one_sees_the_chains_of_ones_projects(actor, sees, written):
    assert [str(one) for one in entries_about("mod_1").visible_to(actor)] == sees


def test_every_reading_is_one_query_whatever_the_rows(write, django_assert_num_queries):
    for rows in (1, 10):
        for _ in range(rows):
            write()
        for read in (
            lambda: list(entries("prj_1")),
            lambda: list(entries_about("mod_1", "models.register")),
            lambda: entry("prj_1", 1),
            lambda: latest("prj_1", "models.register"),
        ):
            with django_assert_num_queries(1):
                read()
