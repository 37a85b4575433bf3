"""The gate before use, as pure decisions over what the record says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_CHARACTERS = _LETTERS | frozenset("0123456789-")
PROHIBITED = "prohibited"
PASSED = "passed"


class Gap(StrEnum):
    """What stands between a version and its promotion, in the order in which it should be mended."""

    NOT_EVALUATED = "not_evaluated"
    EVALUATION_FAILED = "evaluation_failed"
    THRESHOLDS_LATE = "thresholds_late"
    NOT_CLASSIFIED = "not_classified"
    PROHIBITED = "prohibited"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The claims of the latest evaluation of a version's bytes, as far as the gate reads them."""

    verdict: str
    committed_before_run: bool


def gaps(evaluated: Evaluated | None, tiers: Sequence[str] | None) -> list[Gap]:
    """What is missing for promotion; nothing missing is an empty list."""
    found = []
    if evaluated is None:
        found.append(Gap.NOT_EVALUATED)
    elif evaluated.verdict != PASSED:
        found.append(Gap.EVALUATION_FAILED)
    elif not evaluated.committed_before_run:
        found.append(Gap.THRESHOLDS_LATE)
    if tiers is None:
        found.append(Gap.NOT_CLASSIFIED)
    elif PROHIBITED in tiers:
        found.append(Gap.PROHIBITED)
    return found


def evaluated_by(claims: Mapping[str, object] | None) -> Evaluated | None:
    """What the gate reads in the claims of a `trust.finish_evaluation` entry."""
    if claims is None:
        return None
    return Evaluated(str(claims.get("verdict", "")), claims.get("committed_before_run") is True)


def tiers_of(claims: Mapping[str, object] | None) -> list[str] | None:
    """What the gate reads in the claims of a `trust.classify` entry."""
    if claims is None:
        return None
    tiers = claims.get("tiers")
    return [str(tier) for tier in tiers] if isinstance(tiers, list) else []


def is_name(text: str) -> bool:
    """Three to fifty lower-case letters, digits and hyphens, beginning with a letter, not ending with a hyphen."""
    shaped = 3 <= len(text) <= 50 and text[0] in _LETTERS and not text.endswith("-")
    return shaped and set(text) <= _CHARACTERS
