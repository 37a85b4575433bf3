"""How a classification is shown: tiers in their tone, reasons with their sources, duties with their days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from faur.services.trust.ruleset import SourceLevel, Tier
from faur.services.trust.rulesets import shipped

Json = dict[str, Any]  # Any: a part of a classification as JSON

_TONES = {
    Tier.PROHIBITED: "refused",
    Tier.HIGH_RISK: "unknown",
    Tier.HIGH_RISK_SECTORAL: "unknown",
    Tier.GPAI_SYSTEMIC: "unknown",
    Tier.UNDETERMINED: "unknown",
    Tier.TRANSPARENCY: "submitted",
    Tier.GPAI: "submitted",
    Tier.DEROGATED: "ready",
    Tier.MINIMAL: "ready",
    Tier.EXCLUDED: "draft",
    Tier.NOT_AI: "draft",
}
"""By tier, a state of the portal that has the tone in which the tier is shown."""

_LEVELS: dict[str, Promise] = {
    SourceLevel.SECONDARY.value: _("after secondary sources"),
    SourceLevel.BACKGROUND.value: _("from general knowledge, not checked against the text"),
    SourceLevel.VERIFIED.value: _("checked against the text of the law"),
}


@dataclass(frozen=True, slots=True)
class ShownTier:
    """`state` is a state of the portal with the right tone."""

    id: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that holds, or a point that is contested: why, by which article, and how far that may be trusted."""

    text: str
    citation: str
    level: Promise | str
    tier: ShownTier | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty, and the first day on which it applies."""

    text: str
    citation: str
    applies_from: date
    level: Promise | str


def shown_tiers(ids: Sequence[str], language: str) -> list[ShownTier]:
    """The tiers that the record holds, in the language of the page."""
    return [_tier(one, language) for one in ids]


def findings_of(findings: Sequence[Json], language: str) -> list[Reason]:
    return [
        Reason(
            text=one["reason"],
            citation=one["citation"],
            level=_level(one["source_level"]),
            tier=_tier(one["tier"], language) if one["tier"] else None,
            since=date.fromisoformat(one["valid_from"]),
        )
        for one in findings
    ]


def points_of(points: Sequence[Json]) -> list[Reason]:
    return [Reason(one["text"], one["citation"], _level(one["source_level"])) for one in points]


def duties_of(explained: Json) -> list[Duty]:
    """All duties of what holds now and will hold, each once, the earliest first."""
    found: dict[str, Duty] = {}
    for finding in [*explained["findings"], *explained["upcoming"]]:
        for one in finding["duties"]:
            day = date.fromisoformat(one["applies_from"])
            if one["id"] not in found or day < found[one["id"]].applies_from:
                found[one["id"]] = Duty(one["text"], one["citation"], day, _level(one["source_level"]))
    return sorted(found.values(), key=lambda duty: duty.applies_from)


def _tier(name: str, language: str) -> ShownTier:
    """A tier of the rules that ship now; one that they do not know is shown as it is spelt."""
    if name not in set(Tier):
        return ShownTier(name, name, "unknown")
    tier = Tier(name)
    return ShownTier(name, shipped().tiers[tier].in_language(language), _TONES[tier])


def _level(level: str) -> Promise | str:
    """How far a line of the rule set may be trusted, in words."""
    return _LEVELS.get(level, level)
