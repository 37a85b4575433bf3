"""What is known of a system: the answers given, and what follows from them for questions that need not be asked."""

import math
from collections.abc import Mapping
from contextlib import suppress

from django.utils.translation import gettext as _

from faur.services.trust.conditions import Condition, Outcome, Value
from faur.services.trust.errors import AnswersInvalid
from faur.services.trust.ruleset import Question, QuestionKind, Ruleset

Answers = Mapping[str, Value]
"""By question id; a question that is absent was not asked yet, one that is None was answered `unknown`."""

UNKNOWN = "unknown"
_TRUTHS: dict[object, bool] = {"yes": True, "no": False, True: True, False: False}


class Known:
    """Looks up what the names of a rule set are worth, given the answers; each definition is worked out once."""

    def __init__(self, ruleset: Ruleset, answers: Answers) -> None:
        self._ruleset = ruleset
        self._answers = answers
        self._questions = {question.id: question for question in ruleset.questions}
        self._outcomes: dict[str, Outcome] = {}

    def outcome(self, condition: Condition) -> Outcome:
        return condition.evaluate(self._look)

    def is_asked(self, question: Question) -> bool:
        """Whether the answer can matter: not where the question's condition is surely no."""
        return question.asked_when is None or self.outcome(question.asked_when).truth is not False

    def _look(self, name: str) -> Outcome:
        if name not in self._outcomes:
            definition = self._ruleset.definitions.get(name)
            self._outcomes[name] = (
                self._answered(self._questions[name]) if definition is None else self.outcome(definition)
            )
        return self._outcomes[name]

    def _answered(self, question: Question) -> Outcome:
        """An answer that was given counts even where it need not have been asked: a hit is never hidden."""
        given = self._answers.get(question.id)
        if given is not None:
            return Outcome(given)
        if not self.is_asked(question):
            return Outcome(question.skipped_value)
        return Outcome(None, frozenset({question.id}))


def read_answers(ruleset: Ruleset, raw: Mapping[str, object]) -> dict[str, Value]:
    """Answers as a form or JSON brings them: `yes`, `no`, `unknown`, true, false, null, choices, numbers or their text.

    Raises:
        AnswersInvalid: names each question whose answer it does not allow, and each that does not exist.
    """
    questions = {question.id: question for question in ruleset.questions}
    read: dict[str, Value] = {}
    wrong: dict[str, str] = {}
    for name, given in raw.items():
        if name not in questions:
            wrong[name] = _("There is no such question.")
            continue
        try:
            read[name] = None if given is None or given == UNKNOWN else _read(questions[name], given)
        except (TypeError, ValueError) as error:
            wrong[name] = str(error)
    if wrong:
        raise AnswersInvalid(wrong)
    return read


def readable_answers(ruleset: Ruleset, raw: Mapping[str, object]) -> dict[str, Value]:
    """Those of the answers that still fit: for answers that were kept while the rules may have changed."""
    read: dict[str, Value] = {}
    for name, given in raw.items():
        with suppress(AnswersInvalid):
            read |= read_answers(ruleset, {name: given})
    return read


def as_json(answers: Answers) -> dict[str, bool | str | float | list[str] | None]:
    """Answers that were read, in the one form in which they are kept and recorded: `read_answers` reads it again."""
    return {name: _plain(value) for name, value in answers.items()}


def _plain(value: Value) -> bool | str | float | list[str] | None:
    return sorted(value) if isinstance(value, frozenset) else value


def _read(question: Question, given: object) -> Value:
    if question.kind is QuestionKind.YES_NO_UNKNOWN:
        return _truth(given)
    if question.kind is QuestionKind.CHOICE:
        return _one_of(question, given)
    if question.kind is QuestionKind.CHOICES:
        if not isinstance(given, list | tuple | set | frozenset):
            raise ValueError(_("This takes a list of choices."))
        return frozenset(_one_of(question, each) for each in given)
    return _number(given)


def _truth(given: object) -> bool:
    if isinstance(given, str | bool) and given in _TRUTHS:
        return _TRUTHS[given]
    raise ValueError(_("This takes yes, no or unknown."))


def _one_of(question: Question, given: object) -> str:
    if isinstance(given, str) and given in question.choice_ids:
        return given
    raise ValueError(_("This takes one of: %(choices)s.") % {"choices": ", ".join(question.choice_ids)})


def _number(given: object) -> float:
    if isinstance(given, str | int | float) and not isinstance(given, bool):
        try:
            number = float(given)
        except (ValueError, OverflowError):
            number = math.nan
        if math.isfinite(number) and number >= 0:
            return number
    raise ValueError(_("This takes a number of at least nought."))
