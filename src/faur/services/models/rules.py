"""The gate before use, as pure decisions over what the record says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_CHARACTERS = _LETTERS | frozenset("0123456789-")
PROHIBITED, UNDETERMINED = "prohibited", "undetermined"
PASSED = "passed"


class Gap(StrEnum):
    """What stands between a version and its promotion, in the order in which it should be mended."""

    NOT_EVALUATED = "not_evaluated"
    EVALUATION_FAILED = "evaluation_failed"
    THRESHOLDS_LATE = "thresholds_late"
    NOT_CLASSIFIED = "not_classified"
    PURPOSE_CHANGED = "purpose_changed"
    PROHIBITED = "prohibited"
    CLASSIFICATION_OPEN = "classification_open"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The claims of the latest evaluation of a version's bytes, as far as the gate reads them."""

    verdict: str
    committed_before_run: bool


@dataclass(frozen=True, slots=True)
class Classified:
    """The tiers of the latest classification of a model, and whether the model is still meant for the same."""

    tiers: Sequence[str]
    same_purpose: bool = True


def gaps(evaluated: Evaluated | None, classified: Classified | None) -> list[Gap]:
    """What is missing for promotion; nothing missing is an empty list."""
    found = (_gap_of_evaluation(evaluated), _gap_of_classification(classified))
    return [gap for gap in found if gap is not None]


def _gap_of_evaluation(evaluated: Evaluated | None) -> Gap | None:
    if evaluated is None:
        return Gap.NOT_EVALUATED
    if evaluated.verdict != PASSED:
        return Gap.EVALUATION_FAILED
    return None if evaluated.committed_before_run else Gap.THRESHOLDS_LATE


def _gap_of_classification(classified: Classified | None) -> Gap | None:
    """A classification of another purpose says nothing, one that is still open not enough."""
    if classified is None:
        return Gap.NOT_CLASSIFIED
    if not classified.same_purpose:
        return Gap.PURPOSE_CHANGED
    if PROHIBITED in classified.tiers:
        return Gap.PROHIBITED
    is_open = UNDETERMINED in classified.tiers or not classified.tiers
    return Gap.CLASSIFICATION_OPEN if is_open else None


def evaluated_by(claims: Mapping[str, object] | None) -> Evaluated | None:
    """What the gate reads in the claims of a `trust.finish_evaluation` entry."""
    if claims is None:
        return None
    return Evaluated(str(claims.get("verdict", "")), claims.get("committed_before_run") is True)


def tiers_of(claims: Mapping[str, object]) -> list[str]:
    """What the gate reads in the claims of a `trust.classify` entry."""
    tiers = claims.get("tiers")
    return [str(tier) for tier in tiers] if isinstance(tiers, list) else []


def is_name(text: str) -> bool:
    """Three to fifty lower-case letters, digits and hyphens, beginning with a letter, not ending with a hyphen."""
    shaped = 3 <= len(text) <= 50 and text[0] in _LETTERS and not text.endswith("-")
    return shaped and set(text) <= _CHARACTERS
