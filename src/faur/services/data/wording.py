"""The rules of data in words, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from faur.services.data.rules import Permission, Personal, Policy, Purpose, Reason

REASONS: Mapping[Reason, Promise] = {
    Reason.NOT_PERMITTED: _("The policy of the data set does not permit this purpose."),
    Reason.NOT_SHARED: _("The policy of the data set does not let other projects use it."),
    Reason.EXPIRED: _("The policy of the data set has ended."),
}

PURPOSES: Mapping[Purpose, Promise] = {
    Purpose.TRAINING: pgettext_lazy("purpose", "training"),
    Purpose.EVALUATION: pgettext_lazy("purpose", "evaluation"),
}

PERMISSIONS: Mapping[Permission, Promise] = {
    Permission.TRAINING: _("Training: models may learn from it."),
    Permission.EVALUATION: _("Evaluation: models may be measured on it."),
    Permission.SHARING: _("Sharing: everybody with an account sees that it exists, and other projects may use it."),
}

PERSONAL: Mapping[Personal, Promise] = {
    Personal.NONE: _("No, no row is about a person"),
    Personal.PSEUDONYMISED: _("Yes, without names, but with a key that somebody keeps"),
    Personal.PERSONAL: _("Yes, personal data"),
}

TYPES: Mapping[str, Promise] = {
    "boolean": pgettext_lazy("type of a column", "yes or no"),
    "integer": pgettext_lazy("type of a column", "whole number"),
    "number": pgettext_lazy("type of a column", "number"),
    "text": pgettext_lazy("type of a column", "text"),
    "date": pgettext_lazy("type of a column", "date"),
    "timestamp": pgettext_lazy("type of a column", "moment"),
    "empty": pgettext_lazy("type of a column", "empty"),
    "other": pgettext_lazy("type of a column", "other"),
}


def against(reasons: Sequence[Reason]) -> list[str]:
    """Why a policy does not allow a use, one sentence each."""
    return [str(REASONS[reason]) for reason in reasons]


def purpose_word(purpose: str) -> str:
    return str(PURPOSES[Purpose(purpose)])


SHEET_TITLES: Mapping[str, Promise] = {
    "composition": _("Composition"),
    "origin": _("Origin"),
    "motivation": _("Motivation"),
    "collection": _("Collection"),
    "preprocessing": _("Preprocessing"),
    "uses": _("Uses"),
    "maintenance": _("Maintenance"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A question and its answer; no answer is an empty text."""

    question: str
    answer: str


def sheet_lines(sheet: Mapping[str, str]) -> list[Line]:
    """The data sheet, part by part."""
    told = [Line(str(title), sheet.get(part, "")) for part, title in SHEET_TITLES.items()]
    personal = sheet.get("personal_data", "")
    word = str(PERSONAL[Personal(personal)]) if personal in set(Personal) else ""
    return [*told, Line(gettext("Is any row about a person?"), word)]


def policy_lines(policy: Policy, document: Mapping[str, object]) -> list[Line]:
    """On what terms the data may be used."""
    permitted = [str(word) for one, word in PERMISSIONS.items() if one in policy.permissions]
    prohibited = document.get("prohibitions")
    waits = gettext("yes, by a data steward or the lead") if policy.requires_approval else gettext("no")
    ends = date_format(policy.expires_on) if policy.expires_on else gettext("no end")
    return [
        Line(gettext("What may be done with it"), "\n".join(permitted) or gettext("Nothing.")),
        Line(gettext("What must not be done with it"), "\n".join(prohibited) if isinstance(prohibited, list) else ""),
        Line(gettext("Must a contract be approved?"), waits),
        Line(gettext("Last day of any use"), ends),
    ]
