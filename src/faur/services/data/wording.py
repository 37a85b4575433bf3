"""The rules of data in words, in the reader's language."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from faur.services.data.rules import Permission, Personal, Purpose, Reason

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
