"""The decisions of trust that could be argued about in a meeting: risk class, verdict, order of commitment, status."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from faur.services.trust.answers import Answers, Known
from faur.services.trust.classification import Classification, Finding
from faur.services.trust.conditions import Value
from faur.services.trust.errors import RulesetDoesNotCover
from faur.services.trust.ruleset import LIGHTER, Question, Ruleset, Tier


def classify(ruleset: Ruleset, answers: Answers, on: date) -> Classification:
    """What the system is on the day `on`, as a set of tiers with reasons (the decision order of Art. 2 to 6, 50, 51).

    An unknown answer never makes a system lighter: what it leaves open stays possible, and the set says `undetermined`.

    Raises:
        RulesetDoesNotCover: the day lies before the law that the rule set describes.
    """
    if on < ruleset.valid_from:
        raise RulesetDoesNotCover(ruleset.instrument.en, on, ruleset.valid_from)
    known = Known(ruleset, answers)
    roles = roles_of(answers)
    outcomes = [(rule, known.outcome(rule.when)) for rule in ruleset.rules if not rule.is_past(on)]
    now = [(rule, outcome) for rule, outcome in outcomes if rule.valid_from <= on]
    findings = tuple(Finding.of(rule, roles) for rule, outcome in now if outcome.truth)
    possible = tuple(Finding.of(rule, roles) for rule, outcome in now if outcome.truth is None)
    still_open = frozenset().union(*(outcome.because for _, outcome in outcomes if outcome.truth is None))
    return Classification(
        on=on,
        tiers=_tiers(findings, possible),
        findings=findings,
        possible=possible,
        upcoming=tuple(Finding.of(rule, roles) for rule, outcome in outcomes if rule.valid_from > on and outcome.truth),
        open_questions=tuple(question.id for question in ruleset.questions if question.id in still_open),
        contested=tuple(point for point in ruleset.contested if known.outcome(point.when).truth is not False),
        ruleset_digest=ruleset.digest,
    )


def next_question(ruleset: Ruleset, answers: Answers) -> Question | None:
    """The first question without an answer (`unknown` is one) whose answer can matter; None at the end."""
    known = Known(ruleset, answers)
    for question in ruleset.questions:
        if question.id not in answers and known.is_asked(question):
            return question
    return None


def still_asked(ruleset: Ruleset, answers: Answers) -> Answers:
    """Those of the answers whose questions are asked, given the answers before them: what remains after one changed."""
    kept: dict[str, Value] = {}
    for question in ruleset.questions:
        if question.id in answers and Known(ruleset, kept).is_asked(question):
            kept[question.id] = answers[question.id]
    return kept


def roles_of(answers: Answers) -> frozenset[str]:
    """The roles that the actor said to have, and provider where Art. 25 makes them one; empty while unknown."""
    role = answers.get("role")
    if not isinstance(role, frozenset):
        return frozenset()
    becomes = answers.get("becomes_provider")
    return role | ({"provider"} if "product_manufacturer" in role or becomes else set())


def _tiers(findings: Iterable[Finding], possible: Iterable[Finding]) -> frozenset[Tier]:
    """Tiers that hold, and `undetermined` where a heavier one is still possible or none holds yet."""
    certain = {finding.tier for finding in findings if finding.tier}
    heavier = {finding.tier for finding in possible if finding.tier} - LIGHTER - certain
    return frozenset(certain | {Tier.UNDETERMINED}) if heavier or not certain else frozenset(certain)


class ResultStatus(StrEnum):
    """What one result of an evaluation says against its threshold."""

    PASS = "pass"  # noqa: S105 - a status, not a password
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"
    ERROR = "error"
    NOT_APPLICABLE = "not_applicable"


class Verdict(StrEnum):
    """What an evaluation says as a whole."""

    PASSED = "passed"
    FAILED = "failed"
    INCONCLUSIVE = "inconclusive"
    ERROR = "error"


def verdict_of(statuses: Iterable[ResultStatus]) -> Verdict:
    """One failure fails the whole; what could not be measured, or was not, never counts as a pass."""
    seen = set(statuses) - {ResultStatus.NOT_APPLICABLE}
    if ResultStatus.FAIL in seen:
        return Verdict.FAILED
    if ResultStatus.ERROR in seen:
        return Verdict.ERROR
    if seen == {ResultStatus.PASS}:
        return Verdict.PASSED
    return Verdict.INCONCLUSIVE


def committed_in_time(threshold_seq: int | None, run_seq: int | None) -> bool:
    """Whether the thresholds stand in the chain before the start of the training run that they judge (Art. 9(8)).

    Both are positions in the same chain; None: there is no such entry, and then nothing was committed in time.
    """
    return threshold_seq is not None and run_seq is not None and threshold_seq < run_seq


class ItemStatus(StrEnum):
    """How an item of the technical file is covered."""

    EVIDENCED = "evidenced"
    DECLARED = "declared"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


class HumanPart(StrEnum):
    """Whether an item takes words that only a person can write."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


def item_status(*, human: HumanPart, declared: bool, facts: bool, weak: bool, excused: bool) -> ItemStatus:
    """The status of an item, as strong as the weakest part that it needs.

    `declared`: a person wrote its text. `facts`: the record holds every fact that it asks for. `weak`: one of them
    rests on a person's word alone. `excused`: a person gave the reason why it does not apply.
    """
    if excused:
        return ItemStatus.NOT_APPLICABLE
    if human is HumanPart.REQUIRED and not declared:
        return ItemStatus.MISSING
    if facts and human is not HumanPart.REQUIRED:
        return ItemStatus.DECLARED if weak else ItemStatus.EVIDENCED
    return ItemStatus.DECLARED if declared else ItemStatus.MISSING
