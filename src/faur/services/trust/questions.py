"""The questionnaire in the reader's language."""

from collections.abc import Mapping
from typing import Any

from faur.services.trust.answers import read_answers
from faur.services.trust.rules import next_question
from faur.services.trust.ruleset import Question
from faur.services.trust.rulesets import shipped

Json = dict[str, Any]  # Any: JSON


def questionnaire(language: str) -> Json:
    """All questions of the rule set in force, in its order."""
    ruleset = shipped()
    return {"ruleset": ruleset.digest, "questions": [question(one, language) for one in ruleset.questions]}


def next_of(answers: Mapping[str, object], language: str) -> Json:
    """The question to ask after these answers; None where no further answer can matter. Raises AnswersInvalid."""
    ruleset = shipped()
    one = next_question(ruleset, read_answers(ruleset, answers))
    return {"question": question(one, language) if one else None}


def question(one: Question, language: str) -> Json:
    return {
        "id": one.id,
        "text": one.text.in_language(language),
        "hint": one.hint.in_language(language) if one.hint else "",
        "type": one.kind.value,
        "choices": [{"id": choice.id, "text": choice.text.in_language(language)} for choice in one.choices],
    }
