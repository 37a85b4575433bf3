from dataclasses import dataclass

import pytest

from faur.kernel.record import Statement, Strength, Subject, subject_of
from faur.kernel.record.errors import StatementInvalid

DIGEST = "sha256:" + "0f" * 32


@dataclass
class Thing:
    uid: str
    digest: object = ""
    title: object = ""
    personal: bool = False

    def __str__(self) -> str:
        return "Ana Pop"


@pytest.mark.parametrize(
    ("why", "thing", "subject"),
    [
        ("an identifier is enough", Thing("job_1"), Subject("job_1")),
        ("digest and title come along", Thing("mod_1", DIGEST, "A"), Subject("mod_1", DIGEST, "A")),
        ("what is personal is not named", Thing("usr_1", "", "Ana Pop", personal=True), Subject("usr_1")),
        ("the digest of a secret is not one of content", Thing("tok_1", "0f" * 32), Subject("tok_1")),
        ("what is no text is left out", Thing("job_1", None, len), Subject("job_1")),
        ("a subject is itself", Subject("", DIGEST), Subject("", DIGEST)),
    ],
)
def test_subjects(why, thing, subject):
    assert subject_of(thing) == subject


@pytest.mark.parametrize("thing", [object(), "mod_1", None, Thing("")])
def test_a_thing_without_identifier_is_refused(thing):
    with pytest.raises(StatementInvalid):
        subject_of(thing)


@pytest.mark.parametrize(
    "parts", [("",), ("mod_1", "abc"), ("mod_1", DIGEST.upper()), ("m" * 101,), ("m", "", "t" * 501)]
)
def test_a_subject_that_names_nothing_rightly_is_refused(parts):
    with pytest.raises(StatementInvalid):
        Subject(*parts)


def test_a_statement_is_observed_by_the_factory_and_has_no_result_unless_it_says_otherwise():
    statement = Statement(subjects=[Subject("call_1")], claims={})
    assert (statement.chain, statement.strength, statement.result) == ("factory", Strength.OBSERVED, None)


def test_strengths_have_the_words_of_the_record():
    assert [str(strength) for strength in Strength] == ["observed", "reported", "declared"]
