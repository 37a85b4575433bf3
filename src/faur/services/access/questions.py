"""What the form of a mode says against answers: of a draft only what cannot be right, of what is handed in all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from faur.kernel.record import JSON, canonical
from faur.portal.schema_words import WHOLE, problems
from faur.services.access import rules
from faur.services.access.modes import Mode


def faults_of_draft(mode: Mode, answers: Mapping[str, JSON]) -> dict[str, str]:
    """By field, what cannot be right whatever follows.

    Raises:
        NotCanonical: a value that no record and no database holds.
    """
    canonical(answers)
    known = mode.form["properties"]
    foreign = {f"answers.{name}": _("The form has no such question.") for name in answers if name not in known}
    given = {name: value for name, value in answers.items() if name in known}
    return {**_said(rules.draft_form(mode.form), given), **foreign}


def open_questions(mode: Mode, answers: Mapping[str, JSON]) -> dict[str, str]:
    """By field, what is missing or not enough to hand it in."""
    return _said(mode.form, answers)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of the form and its answer, in the reader's language; no answer is an empty text."""

    name: str
    question: str
    answer: str

    @property
    def field(self) -> str:
        """Its name in a refusal."""
        return f"answers.{self.name}"


def answered(mode: Mode, answers: Mapping[str, JSON]) -> list[Answered]:
    """Every question of the form, with the answer so far."""
    return [
        Answered(name, title_of(rule), _in_words(rule, answers.get(name)))
        for name, rule in mode.form["properties"].items()
    ]


def title_of(rule: Mapping[str, Any]) -> str:  # Any: a JSON Schema
    """What a question asks, in the reader's language."""
    return str(_translated(rule).get("title") or rule.get("title", ""))


def _in_words(rule: Mapping[str, Any], answer: object) -> str:  # Any: a JSON Schema
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    titles = {branch["const"]: branch.get("title", branch["const"]) for branch in rule.get("oneOf", [])}
    options = _translated(rule).get("options", {})
    return "" if answer is None else str(options.get(answer) or titles.get(answer, answer))


def _translated(rule: Mapping[str, Any]) -> Mapping[str, Any]:  # Any: a JSON Schema
    found: Mapping[str, Any] = rule.get("x-translations", {}).get((get_language() or "en")[:2], {})  # Any: as above
    return found


def _said(form: Mapping[str, object], answers: Mapping[str, object]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, sentence in problems(form, answers):
        found.setdefault("answers" if name == WHOLE else f"answers.{name}", sentence)
    return found
