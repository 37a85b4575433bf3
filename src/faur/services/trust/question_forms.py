"""One question of the questionnaire as a form, and an answer in words."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from faur.portal.quantities import number
from faur.services.trust.answers import Answers
from faur.services.trust.conditions import Value
from faur.services.trust.ruleset import Question, QuestionKind, Ruleset
from faur.services.trust.threshold_forms import Number

UNKNOWN, NOTHING = "unknown", "nothing"
YES, NO = "yes", "no"


class QuestionForm(forms.Form):
    """One question; “I do not know” is always an answer, and never makes a system lighter."""

    use_required_attribute = False

    def __init__(self, question: Question, data: Any = None, given: Value | str = "") -> None:  # Any: a QueryDict
        super().__init__(data, initial={"answer": _shown(question, given), "unknown": given is None})
        self.question = question
        self.fields["answer"] = _field(question)
        if question.kind is QuestionKind.NUMBER:
            self.fields["unknown"] = forms.BooleanField(label=_("I do not know"), required=False)

    def clean(self) -> dict[str, Any]:  # Any: the values of fields
        given = self.cleaned_data
        chosen = given.get("answer")
        if isinstance(chosen, list) and len(chosen) > 1 and {UNKNOWN, NOTHING} & set(chosen):
            self.add_error("answer", _("This cannot be chosen together with others."))
        if self.question.kind is QuestionKind.NUMBER and chosen is None and not given.get("unknown"):
            self.add_error("answer", _("Write a number, or say that you do not know."))
        return given

    @property
    def answer(self) -> object:
        """What a valid form says, as `read_answers` takes it."""
        chosen = self.cleaned_data["answer"]
        if chosen in (UNKNOWN, [UNKNOWN]) or self.cleaned_data.get("unknown"):
            return UNKNOWN
        return [] if chosen == [NOTHING] else chosen


def answer_in_words(question: Question, value: Value) -> str:
    """An answer in the language of the page."""
    texts = {choice.id: choice.text.in_language(_language()) for choice in question.choices}
    if value is None:
        return _("I do not know")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, frozenset):
        return "; ".join(texts[one] for one in question.choice_ids if one in value) or _("none of these")
    return texts.get(value, value) if isinstance(value, str) else f"{number(value, 4)} {question.unit}".strip()


def answers_in_words(ruleset: Ruleset, answers: Answers) -> list[tuple[Question, str, str]]:
    """Each question that was answered, its text and the answer, in the order in which they are asked."""
    answered = [question for question in ruleset.questions if question.id in answers]
    return [(one, one.text.in_language(_language()), answer_in_words(one, answers[one.id])) for one in answered]


def _field(question: Question) -> forms.Field:
    language = _language()
    said = {
        "label": question.text.in_language(language),
        "help_text": question.hint.in_language(language) if question.hint else "",
    }
    known = [(choice.id, choice.text.in_language(language)) for choice in question.choices]
    unknown = [(UNKNOWN, _("I do not know"))]
    if question.kind is QuestionKind.NUMBER:
        field = Number(min_value=0, required=False, **said)  # type: ignore[arg-type]  # texts, as Django takes them
        field.unit = question.unit  # type: ignore[attr-defined]  # what c-field shows beside it
        return field
    if question.kind is QuestionKind.CHOICES:
        choices = [*known, (NOTHING, _("None of these")), *unknown]
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **said)  # type: ignore[arg-type]  # as above
    if question.kind is QuestionKind.YES_NO_UNKNOWN:
        known = [(YES, _("Yes")), (NO, _("No"))]
    return forms.ChoiceField(choices=[*known, *unknown], widget=forms.RadioSelect, **said)  # type: ignore[arg-type]  # as above


def _shown(question: Question, given: Value | str) -> object:
    """What stands in the form at first: the answer that there is, if there is one."""
    if given == "":
        return None
    if given is None:
        return [UNKNOWN] if question.kind is QuestionKind.CHOICES else UNKNOWN
    if isinstance(given, bool):
        return YES if given else NO
    return (sorted(given) or [NOTHING]) if isinstance(given, frozenset) else given


def _language() -> str:
    return get_language() or "en"
