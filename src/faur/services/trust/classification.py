"""What a system was found to be on a day: tiers, the findings behind them, and what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from faur.services.trust.ruleset import ContestedPoint, Duty, Rule, Ruleset, SourceLevel, Tier
from faur.services.trust.words import Translated


@dataclass(frozen=True, slots=True)
class DatedDuty:
    """A duty and the first day on which it applies."""

    duty: Duty
    applies_from: date


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that holds (or may hold), with its reason and source. A finding without a tier is a note."""

    rule_id: str
    tier: Tier | None
    reason: Translated
    citation: Translated
    source_level: SourceLevel
    valid_from: date
    duties: tuple[DatedDuty, ...]

    @classmethod
    def of(cls, rule: Rule, roles: frozenset[str]) -> "Finding":
        """The finding of `rule`, with the duties of whoever has one of `roles`; of everyone where there are none."""
        mine = [(day, duty) for day, duty in rule.duties if not roles or roles & duty.roles]
        return cls(
            rule_id=rule.id,
            tier=rule.tier,
            reason=rule.reason,
            citation=rule.citation,
            source_level=rule.source_level,
            valid_from=rule.valid_from,
            duties=tuple(DatedDuty(duty, day) for day, duty in mine),
        )


@dataclass(frozen=True, slots=True)
class Classification:
    """The outcome of a rule set on a day. The answers and `ruleset_digest` are enough to work it out again.

    `findings` hold; `possible` cannot be ruled out until `open_questions` are answered; `upcoming` will hold from their
    own day on.
    """

    on: date
    tiers: frozenset[Tier]
    findings: tuple[Finding, ...]
    possible: tuple[Finding, ...]
    upcoming: tuple[Finding, ...]
    open_questions: tuple[str, ...]
    contested: tuple[ContestedPoint, ...]
    ruleset_digest: str

    def described(self, ruleset: Ruleset, language: str) -> dict[str, Any]:  # Any: a JSON tree
        """The classification as JSON, in one language; tiers in the order of the Act."""
        return {
            "on": self.on.isoformat(),
            "instrument": ruleset.instrument.in_language(language),
            "ruleset": {"id": ruleset.id, "version": ruleset.version, "digest": self.ruleset_digest},
            "tiers": [
                {"id": tier.value, "title": ruleset.tiers[tier].in_language(language)}
                for tier in Tier
                if tier in self.tiers
            ],
            "findings": [_described(finding, language) for finding in self.findings],
            "possible": [_described(finding, language) for finding in self.possible],
            "upcoming": [_described(finding, language) for finding in self.upcoming],
            "open_questions": [
                {"id": name, "text": ruleset.question(name).text.in_language(language)} for name in self.open_questions
            ],
            "contested": [_point(point, language) for point in self.contested],
        }


def _described(finding: Finding, language: str) -> Mapping[str, Any]:  # Any: a JSON tree
    return {
        "rule": finding.rule_id,
        "tier": finding.tier.value if finding.tier else None,
        "reason": finding.reason.in_language(language),
        "citation": finding.citation.in_language(language),
        "source_level": finding.source_level.value,
        "valid_from": finding.valid_from.isoformat(),
        "duties": [
            {
                "id": dated.duty.id,
                "text": dated.duty.text.in_language(language),
                "citation": dated.duty.citation.in_language(language),
                "applies_from": dated.applies_from.isoformat(),
                "source_level": dated.duty.source_level.value,
            }
            for dated in finding.duties
        ],
    }


def _point(point: ContestedPoint, language: str) -> Mapping[str, str]:
    return {
        "id": point.id,
        "text": point.text.in_language(language),
        "citation": point.citation.in_language(language),
        "source_level": point.source_level.value,
    }
