"""The rules of eligibility and the steps of a mode in words, in the reader's language."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from faur.services.access.modes import Mode
from faur.services.access.rules import Answer, Reason, Terms, Verdict
from faur.services.projects.public import Kind

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
    Reason.NOT_SAID: _("The question on this has no answer yet."),
    Reason.CIVILIAN: _("The purpose is declared to be civilian only."),
    Reason.NOT_CIVILIAN: _("The purpose is not declared to be civilian only."),
    Reason.AMOUNT_FITS: _("The amount is within the limits of the mode and of the call."),
    Reason.AMOUNT_OVER: _("The amount is over the limit of the mode or of the call."),
    Reason.DURATION_FITS: _("The mode allows this duration."),
    Reason.DURATION_UNFIT: _("The mode does not allow this duration."),
    Reason.CONTRACT_LASTS: _("The contract is declared to last long enough."),
    Reason.CONTRACT_SHORT: _("The contract is not declared to last three months beyond the allocation."),
}

CITATIONS: Mapping[str, Promise] = {
    "EuroHPC JU, AI Factories access terms [S]": _("EuroHPC JU, AI Factories access terms [S]"),
    "Regulation (EU) 2021/1173, Article 3; EuroHPC JU, AI Factories access terms [S]": _(
        "Regulation (EU) 2021/1173, Article 3; EuroHPC JU, AI Factories access terms [S]"
    ),
    "Recommendation 2003/361/EC, annex, Article 2; EuroHPC JU, AI Factories access terms [S]": _(
        "Recommendation 2003/361/EC, annex, Article 2; EuroHPC JU, AI Factories access terms [S]"
    ),
    "Regulation (EU) 2021/1173, Article 16": _("Regulation (EU) 2021/1173, Article 16"),
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
        {
            **one,
            "title": str(RULE_TITLES[one["rule"]]),
            "code": one["reason"],
            "reason": sentence(one["reason"]),
            "citation": str(CITATIONS.get(one["citation"], one["citation"])),
        }
        for one in stored
    ]


SIZES: Mapping[str, Promise] = {
    "micro": pgettext_lazy("size", "micro"),
    "small": pgettext_lazy("size", "small"),
    "medium": pgettext_lazy("size", "medium-sized"),
    "large": pgettext_lazy("size", "large"),
    "unknown": pgettext_lazy("size", "of unknown size"),
}

STEPS: Mapping[str, Promise] = {
    "eligibility": _("When you hand it in, the factory checks by rules whether you are eligible, and says why."),
    "technical_assessment": _("An evaluator looks whether it can be done with what you ask for."),
    "expert_review": _("Experts of the field review it."),
    "decision": _("The operator decides. An award founds your project at once."),
}

SELECTIONS: Mapping[str, Promise] = {
    "first-come-first-served": _("First come, first served."),
    "cut-off": _("All that came before a cut-off date are compared."),
}


def who_may_apply(terms: Terms) -> list[str]:
    """The conditions of a mode, one sentence each."""
    kinds = ", ".join(str(kind.label) for kind in Kind if kind.value in terms.organisations)
    free = ", ".join(str(word) for size, word in SIZES.items() if size in terms.free_for)
    return [
        gettext("Organisations of these kinds: %(kinds)s.") % {"kinds": kinds},
        gettext("Established in a Member State of the Union, or associated to Digital Europe or to Horizon Europe."),
        gettext("Free of charge for enterprises of these sizes: %(free)s. Others agree on a price with the operator.")
        % {"free": free},
        gettext("For civilian purposes only."),
        gettext("The lead's contract of employment lasts at least three months beyond the allocation."),
    ]


def how_it_is_decided(mode: Mode) -> list[str]:
    """The steps from the form to the award, one sentence each."""
    return [str(SELECTIONS[mode.selection]), *(str(STEPS[step]) for step in mode.steps)]


def steps() -> list[str]:
    """The screens from the form to the queue."""
    return [gettext("Answers"), gettext("Check your answers")]
