"""What a set of rules is: questions, definitions, duties and rules, each with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from faur.services.trust.conditions import Condition, Value
from faur.services.trust.words import Translated


class Tier(StrEnum):
    """What a system can be under the Act. They overlap: a classification is a set of them, never one."""

    PROHIBITED = "prohibited"
    HIGH_RISK = "high_risk"
    HIGH_RISK_SECTORAL = "high_risk_sectoral"
    DEROGATED = "derogated"
    TRANSPARENCY = "transparency"
    GPAI = "gpai"
    GPAI_SYSTEMIC = "gpai_systemic"
    MINIMAL = "minimal"
    EXCLUDED = "excluded"
    NOT_AI = "not_ai"
    UNDETERMINED = "undetermined"


LIGHTER = frozenset({Tier.DEROGATED, Tier.MINIMAL, Tier.EXCLUDED, Tier.NOT_AI})
"""Tiers that only take duties away: one that is merely possible leaves what is certain as it is."""


class SourceLevel(StrEnum):
    """How far a line of the rule set may be trusted."""

    SECONDARY = "S"
    BACKGROUND = "B"
    VERIFIED = "verified"


class QuestionKind(StrEnum):
    YES_NO_UNKNOWN = "yes_no_unknown"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    text: Translated


@dataclass(frozen=True, slots=True)
class Question:
    """What a person is asked; skipped where `asked_when` is no, and then as good as answered with `skipped_value`."""

    id: str
    kind: QuestionKind
    text: Translated
    hint: Translated | None
    citation: Translated | None
    unit: str
    choices: tuple[Choice, ...]
    asked_when: Condition | None

    @property
    def choice_ids(self) -> tuple[str, ...]:
        return tuple(choice.id for choice in self.choices)

    @property
    def skipped_value(self) -> Value:
        """No, nothing chosen, nought: the value of a question that need not be asked."""
        if self.kind is QuestionKind.CHOICE:
            return "none" if "none" in self.choice_ids else ""
        empty: dict[QuestionKind, Value] = {QuestionKind.CHOICES: frozenset(), QuestionKind.NUMBER: 0.0}
        return empty.get(self.kind, False)


@dataclass(frozen=True, slots=True)
class Duty:
    id: str
    citation: Translated
    source_level: SourceLevel
    roles: frozenset[str]
    text: Translated


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition, the tier that it gives (none for a note), and the duties with the day from which each applies."""

    id: str
    citation: Translated
    valid_from: date
    valid_to: date | None
    source_level: SourceLevel
    roles: frozenset[str]
    when: Condition
    tier: Tier | None
    reason: Translated
    duties: tuple[tuple[date, Duty], ...]

    def is_past(self, on: date) -> bool:
        """Whether the rule no longer held on that day; `valid_to` is its last day."""
        return self.valid_to is not None and on > self.valid_to


@dataclass(frozen=True, slots=True)
class ContestedPoint:
    """Something that the law, or those who read it, leave open."""

    id: str
    citation: Translated
    source_level: SourceLevel
    when: Condition
    text: Translated


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Rules under one instrument of law. `digest` is SHA-256 over the content (RFC 8785), whatever its comments."""

    id: str
    version: str
    valid_from: date
    instrument: Translated
    title: Translated
    tiers: Mapping[Tier, Translated]
    questions: tuple[Question, ...]
    definitions: Mapping[str, Condition]
    rules: tuple[Rule, ...]
    contested: tuple[ContestedPoint, ...]
    digest: str

    def question(self, question_id: str) -> Question:
        """Raises KeyError: the rule set asks no such question."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)
