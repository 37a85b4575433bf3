"""The questionnaire, one question after the other, over the API."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
NEXT = "/api/v1/questionnaire/next"


def _next(answers):
    return Client().post(NEXT, {"answers": answers}, content_type="application/json")


def test_the_first_question_comes_with_its_words():
    question = _next({}).json()["question"]
    assert (question["id"], question["type"]) == ("infers", "yes_no_unknown")
    assert question["text"]


def test_a_question_whose_answer_cannot_matter_is_not_asked():
    asked, answers = [], {}
    while question := _next(answers).json()["question"]:
        asked.append(question["id"])
        answers[question["id"]] = [] if question["type"] == "choices" else "no" if not question["choices"] else "none"
        if question["choices"] and "none" not in {choice["id"] for choice in question["choices"]}:
            answers[question["id"]] = [] if question["type"] == "choices" else question["choices"][0]["id"]
    assert "emotion_place" not in asked, "nobody said that it infers emotions"
    assert len(asked) == len(set(asked))


def test_an_answer_to_no_question_is_refused():
    answer = _next({"weather": "fine"})
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {"weather"}
