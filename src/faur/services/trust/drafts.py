"""The answers to the questionnaire that a person has given so far: kept in their session until they are sent."""

from django.contrib.sessions.backends.base import SessionBase

from faur.services.models.public import Model
from faur.services.trust.answers import Answers, as_json, read_answers, readable_answers
from faur.services.trust.models import RiskClassification
from faur.services.trust.rules import next_question, still_asked
from faur.services.trust.ruleset import Question, Ruleset

KNOWN = {"infers": True}
"""What the factory knows of any model in its registry: it was learned from data (Art. 3(1))."""


class Draft:
    """The draft for one model. Where none was begun, it begins with what the factory knows and the last answers."""

    def __init__(self, session: SessionBase, ruleset: Ruleset, model: Model, last: RiskClassification | None) -> None:
        self._session = session
        self._name = f"classify {model.uid}"
        self._ruleset = ruleset
        kept = session.get(self._name)
        raw = kept if isinstance(kept, dict) else {**KNOWN, **(last.answers if last else {})}
        self.answers: Answers = still_asked(ruleset, readable_answers(ruleset, raw))

    def answer(self, question: Question, given: object) -> None:
        """Keep an answer; those that it makes needless are dropped.

        Raises:
            AnswersInvalid: the question does not allow it.
        """
        read = read_answers(self._ruleset, {question.id: given})
        self.answers = still_asked(self._ruleset, {**self.answers, **read})
        self._session[self._name] = as_json(self.answers)

    def forget(self) -> None:
        self._session.pop(self._name, None)

    def clear(self) -> None:
        """Begin anew, with what the factory knows and nothing else."""
        self.answers = dict(KNOWN)
        self._session[self._name] = dict(KNOWN)

    @property
    def next(self) -> Question | None:
        """The next question; None when all are answered."""
        return next_question(self._ruleset, self.answers)

    @property
    def answered(self) -> list[Question]:
        """The questions that were answered, in the order in which they are asked."""
        return [question for question in self._ruleset.questions if question.id in self.answers]

    def before(self, question: Question) -> Question | None:
        """The answered question before this one."""
        order = [one.id for one in self._ruleset.questions]
        earlier = [one for one in self.answered if order.index(one.id) < order.index(question.id)]
        return earlier[-1] if earlier else None
