"""The reasons of the eligibility rules in words, in the reader's language."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from faur.services.access.rules import Answer, Reason, Verdict

RULE_TITLES: Mapping[str, Promise] = {
    "organisation_kind": _("Kind of organisation"),
    "country": _("Country"),
    "size": _("Size of the enterprise"),
    "civilian": _("Civilian purpose"),
    "amount": _("Amount"),
    "duration": _("Duration"),
    "employment": _("Contract of employment"),
}

REASONS: Mapping[Reason, Promise] = {
    Reason.KIND_FITS: _("The mode is for organisations of this kind."),
    Reason.KIND_EXCLUDED: _("The mode is not for organisations of this kind."),
    Reason.COUNTRY_MEMBER: _("The organisation is established in a Member State of the Union."),
    Reason.COUNTRY_ASSOCIATED: _("The country is associated to Digital Europe or to Horizon Europe."),
    Reason.COUNTRY_NOT_ASSOCIATED: _("The country is neither a Member State nor associated to one of the programmes."),
    Reason.SIZE_FREE: _("Access is free for enterprises of this size."),
    Reason.SIZE_PAYS: _("Enterprises of this size pay by use; the operator agrees on that with them."),
    Reason.SIZE_UNKNOWN: _("The size is not known, so a person must find out."),
    Reason.CIVILIAN: _("The purpose is declared to be civilian only."),
    Reason.NOT_CIVILIAN: _("The purpose is not declared to be civilian only."),
    Reason.AMOUNT_FITS: _("The amount is within the limits of the mode and of the call."),
    Reason.AMOUNT_OVER: _("The amount is over the limit of the mode or of the call."),
    Reason.DURATION_FITS: _("The mode allows this duration."),
    Reason.DURATION_UNFIT: _("The mode does not allow this duration."),
    Reason.CONTRACT_LASTS: _("The contract is declared to last long enough."),
    Reason.CONTRACT_SHORT: _("The contract is not declared to last three months beyond the allocation."),
}


def sentence(reason: str) -> str:
    return str(REASONS[Reason(reason)])


def refusals(answers: Sequence[Answer]) -> list[str]:
    """The sentences of the rules that say no."""
    return [sentence(answer.reason) for answer in answers if answer.verdict is Verdict.NO]


def kept(answers: Sequence[Answer]) -> list[dict[str, str]]:
    """The answers as they are stored and recorded: codes, not sentences."""
    return [
        {"rule": one.rule, "answer": one.verdict.value, "reason": one.reason.value, "citation": one.citation}
        for one in answers
    ]


def shown(stored: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Stored answers with titles and sentences in the reader's language."""
    return [
        {**one, "title": str(RULE_TITLES[one["rule"]]), "code": one["reason"], "reason": sentence(one["reason"])}
        for one in stored
    ]
