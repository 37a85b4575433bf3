"""Answers as forms and JSON bring them: read, or refused by the name of the question."""

import pytest

from faur.services.trust.answers import read_answers
from faur.services.trust.errors import AnswersInvalid
from faur.services.trust.rulesets import shipped

ACT = shipped()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("infers", "maybe"),
        ("infers", 1),
        ("product", "rocket"),
        ("product", ["toys"]),
        ("areas", "education"),
        ("areas", ["space"]),
        ("training_flop", "-1"),
        ("training_flop", "NaN"),
        ("training_flop", "1e999"),
        ("training_flop", True),
        ("training_flop", 10**400),
        ("nothing_such", "yes"),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(AnswersInvalid) as refused:
        read_answers(ACT, {name: value, "influences": "yes"})
    assert list(refused.value.fields) == [name]


def test_answers_are_read_as_forms_and_json_bring_them() -> None:
    raw = {
        "infers": "yes",
        "influences": True,
        "affects_persons": "unknown",
        "gpai_model": None,
        "training_flop": "1e24",
    }
    read_back = {"infers": True, "influences": True, "affects_persons": None, "gpai_model": None, "training_flop": 1e24}
    assert read_answers(ACT, raw) == read_back
