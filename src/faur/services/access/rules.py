"""Who may apply: each rule answers yes, no or unknown, with its ground; what is unknown goes to a person."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a rule answered as it did; put into words where people read it."""

    KIND_FITS = "kind_fits"
    KIND_EXCLUDED = "kind_excluded"
    COUNTRY_MEMBER = "country_member"
    COUNTRY_ASSOCIATED = "country_associated"
    COUNTRY_NOT_ASSOCIATED = "country_not_associated"
    SIZE_FREE = "size_free"
    SIZE_PAYS = "size_pays"
    SIZE_UNKNOWN = "size_unknown"
    NOT_SAID = "not_said"
    CIVILIAN = "civilian"
    NOT_CIVILIAN = "not_civilian"
    AMOUNT_FITS = "amount_fits"
    AMOUNT_OVER = "amount_over"
    DURATION_FITS = "duration_fits"
    DURATION_UNFIT = "duration_unfit"
    CONTRACT_LASTS = "contract_lasts"
    CONTRACT_SHORT = "contract_short"


@dataclass(frozen=True, slots=True)
class Association:
    """A country's part in a programme, `until` the day before its end where there is one."""

    country: str
    programme: str
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a mode asks of an application. `max_amount` in seconds of `unit`; none was published where None."""

    organisations: frozenset[str]
    free_for: frozenset[str]
    months: tuple[int, ...]
    max_amount: int | None
    unit: str = ""

    def limit(self, unit: str) -> int | None:
        """The published limit for what is counted in `unit`: a figure for GPUs says nothing of cores."""
        return self.max_amount if unit == self.unit else None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an application. `cap`: the operator's limit for the call. Both amounts in seconds of `unit`.

    What the applicant has not said yet is None.
    """

    kind: str
    country: str
    size: str
    amount: int
    unit: str
    months: int
    on: date
    cap: int | None
    civilian: bool | None
    contract_lasts: bool | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one rule says; `citation` is where the rule comes from."""

    rule: str
    verdict: Verdict
    reason: Reason
    citation: str


MODE = "EuroHPC JU, AI Factories access terms [S]"
Rule = Callable[[Facts, Terms, Sequence[Association]], Answer]


def organisation_kind(facts: Facts, terms: Terms, _: Sequence[Association]) -> Answer:
    fits = facts.kind in terms.organisations
    reason = Reason.KIND_FITS if fits else Reason.KIND_EXCLUDED
    return Answer("organisation_kind", _yes(fits), reason, MODE)


def country(facts: Facts, _: Terms, associations: Sequence[Association]) -> Answer:
    """Established in a Member State, or in a country associated to Digital Europe or Horizon Europe on that day."""
    programmes = {one.programme for one in associations if one.country == facts.country and one.holds(facts.on)}
    citation = "Regulation (EU) 2021/1173, Article 3; " + MODE
    if "member-state" in programmes:
        return Answer("country", Verdict.YES, Reason.COUNTRY_MEMBER, citation)
    reason = Reason.COUNTRY_ASSOCIATED if programmes else Reason.COUNTRY_NOT_ASSOCIATED
    return Answer("country", _yes(bool(programmes)), reason, citation)


def size(facts: Facts, terms: Terms, _: Sequence[Association]) -> Answer:
    """Free of charge for the sizes that the mode names; others pay by use, which an operator must agree with them."""
    citation = "Recommendation 2003/361/EC, annex, Article 2; " + MODE
    if facts.size in terms.free_for:
        return Answer("size", Verdict.YES, Reason.SIZE_FREE, citation)
    reason = Reason.SIZE_UNKNOWN if facts.size == "unknown" else Reason.SIZE_PAYS
    return Answer("size", Verdict.UNKNOWN, reason, citation)


def civilian(facts: Facts, _: Terms, __: Sequence[Association]) -> Answer:
    citation = "Regulation (EU) 2021/1173, Article 16"
    if facts.civilian is None:
        return Answer("civilian", Verdict.UNKNOWN, Reason.NOT_SAID, citation)
    reason = Reason.CIVILIAN if facts.civilian else Reason.NOT_CIVILIAN
    return Answer("civilian", _yes(facts.civilian), reason, citation)


def amount(facts: Facts, terms: Terms, _: Sequence[Association]) -> Answer:
    """Within the published limit of the mode and the operator's limit of the call, where there are any."""
    limits = [limit for limit in (terms.limit(facts.unit), facts.cap) if limit is not None]
    fits = all(facts.amount <= limit for limit in limits)
    return Answer("amount", _yes(fits), Reason.AMOUNT_FITS if fits else Reason.AMOUNT_OVER, MODE)


def duration(facts: Facts, terms: Terms, _: Sequence[Association]) -> Answer:
    fits = facts.months in terms.months
    return Answer("duration", _yes(fits), Reason.DURATION_FITS if fits else Reason.DURATION_UNFIT, MODE)


def employment(facts: Facts, _: Terms, __: Sequence[Association]) -> Answer:
    """The lead's contract lasts three months beyond the allocation, as the lead declares."""
    if facts.contract_lasts is None:
        return Answer("employment", Verdict.UNKNOWN, Reason.NOT_SAID, MODE)
    reason = Reason.CONTRACT_LASTS if facts.contract_lasts else Reason.CONTRACT_SHORT
    return Answer("employment", _yes(facts.contract_lasts), reason, MODE)


RULES: tuple[Rule, ...] = (organisation_kind, country, size, civilian, amount, duration, employment)


def eligibility(facts: Facts, terms: Terms, associations: Sequence[Association]) -> list[Answer]:
    """What each rule says, in a fixed order."""
    return [rule(facts, terms, associations) for rule in RULES]


def verdict_of(answers: Sequence[Answer]) -> Verdict:
    """The verdict on an application, from what each rule says."""
    return verdict_among({answer.verdict for answer in answers})


def verdict_among(said: Set[Verdict]) -> Verdict:
    """No if any rule says no; else unknown if any is unknown, which a person decides; else yes."""
    if Verdict.NO in said:
        return Verdict.NO
    return Verdict.UNKNOWN if Verdict.UNKNOWN in said else Verdict.YES


class Phase(StrEnum):
    """Where a call stands at a moment."""

    OPEN = "open"
    AHEAD = "ahead"
    CLOSED = "closed"


def phase(opens_at: datetime, closes_at: datetime, *, is_open: bool, at: datetime) -> Phase:
    """Whether a call takes applications at that moment, will take them later, or takes none any more."""
    if not is_open or closes_at <= at:
        return Phase.CLOSED
    return Phase.OPEN if opens_at <= at else Phase.AHEAD


WHEN_COMPLETE = frozenset({"required", "minLength", "minItems", "minimum", "const"})
"""The keywords of a form's schema that a draft may leave unfulfilled: it is not finished."""


def draft_form(form: Mapping[str, object]) -> dict[str, object]:
    """The form as far as a draft must keep to it: what is given is of the right kind, and not too long."""
    questions = form.get("properties")
    kept = {
        name: _without(rule, WHEN_COMPLETE)
        for name, rule in (questions.items() if isinstance(questions, Mapping) else ())
        if isinstance(rule, Mapping)
    }
    return {**_without(form, WHEN_COMPLETE), "properties": kept}


def _without(schema: Mapping[str, object], keywords: Set[str]) -> dict[str, object]:
    return {name: value for name, value in schema.items() if name not in keywords}


def _yes(fits: bool) -> Verdict:
    return Verdict.YES if fits else Verdict.NO
