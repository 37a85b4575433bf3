"""The questionnaire in a terminal: only what matters is asked, and every answer is understood or asked again."""

import io
import sys

import pytest

from faur.cli.asking import ask_all
from faur.cli.tests.scripted import Answer, Asked

QUESTIONS = [
    {"id": "infers", "type": "yes_no_unknown", "text": "Does it?", "hint": "A hint.", "choices": []},
    {"id": "role", "type": "choices", "text": "Which?", "hint": "", "choices": [{"id": n, "text": n} for n in "abc"]},
    {"id": "link", "type": "choice", "text": "What?", "hint": "", "choices": [{"id": n, "text": n} for n in "xy"]},
    {"id": "flop", "type": "number", "text": "How much?", "hint": "", "choices": []},
]


@pytest.fixture
def answered(factory, api, monkeypatch):
    def next_question(asked: Asked) -> Answer:
        import json

        given = json.loads(asked.body)["answers"]
        return Answer({"question": next((one for one in QUESTIONS if one["id"] not in given), None)})

    factory.says["POST", "/api/v1/questionnaire/next"] = next_question

    def answer(*lines: str):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return ask_all(api)

    return answer


def test_answers_are_given_by_word_and_by_number(answered):
    assert answered("y", "1 3", "2", "1e25") == {"infers": "yes", "role": ["a", "c"], "link": "y", "flop": 1e25}


def test_nothing_is_unknown_and_nought_is_none_of_them(answered):
    assert answered("", "0", "?", "unknown") == {"infers": "unknown", "role": [], "link": "unknown", "flop": "unknown"}


def test_what_is_no_answer_is_asked_again(answered, capsys):
    found = answered("perhaps", "NO", "4", "a, b, a", "1 2", "0", "x", "much", "7")
    assert found == {"infers": "no", "role": ["a", "b"], "link": "x", "flop": 7.0}
    assert capsys.readouterr().err.count("none of the answers") == 5


def test_who_goes_away_has_answered_nothing(answered):
    with pytest.raises(EOFError):
        answered("y")
