"""Whether a figure reaches its threshold: only where its whole interval lies on one side is it said."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from .measures import BY_GROUP, CALIBRATION, QUALITY, UNDER_NOISE
from .plan import Threshold
from .results import Result

Status: TypeAlias = Literal["pass", "fail", "inconclusive", "error", "not_applicable"]
STATUSES: tuple[Status, ...] = ("pass", "fail", "inconclusive", "error", "not_applicable")


@dataclass(frozen=True)
class Verdict:
    """`status` on `threshold`, the result that it rests on, and the reason in a sentence."""

    threshold: Threshold
    status: Status
    result: Result | None
    reason: str

    def as_json(self) -> dict[str, Any]:  # Any: JSON
        seen = self.result.as_json() if self.result else {"value": None, "interval": None, "n": None}
        observed = {name: seen[name] for name in ("value", "interval", "n")}
        return asdict(self.threshold) | {"status": self.status, "observed": observed, "reason": self.reason}


def judge(threshold: Threshold, results: Sequence[Result]) -> Verdict:
    """`pass` where the whole interval is on the right side, `fail` where all of it is on the wrong one.

    `error` where the threshold names a figure or a slice that does not exist; `not_applicable` where the figure is none
    of this kind of model.
    """
    named = [result for result in results if result.metric == threshold.metric]
    if not named:
        return _unknown(threshold)
    result = next((result for result in named if result.slice == threshold.slice), None)
    if result is None:
        slices = ", ".join(sorted({repr(result.slice) for result in named})[:10])
        return Verdict(threshold, "error", None, f"There is no slice {threshold.slice!r} of it; there are: {slices}.")
    if result.outcome != "measured":
        return Verdict(threshold, result.outcome, result, result.reason)
    if result.interval is None:
        return Verdict(threshold, "inconclusive", result, f"It has no interval: {result.method}.")
    return _compared(threshold, result, *result.interval)


def _compared(threshold: Threshold, result: Result, low: float, high: float) -> Verdict:
    at_least = threshold.operator == ">="
    reached = low >= threshold.value if at_least else high <= threshold.value
    missed = high < threshold.value if at_least else low > threshold.value
    between, wanted = f"The interval {low:.4g} to {high:.4g}", f"{threshold.operator} {threshold.value:g}"
    if reached:
        return Verdict(threshold, "pass", result, f"{between} is {wanted} as a whole.")
    if missed:
        return Verdict(threshold, "fail", result, f"{between} is nowhere {wanted}.")
    return Verdict(threshold, "inconclusive", result, f"{between} is {wanted} only in part; more rows would tell.")


def _unknown(threshold: Threshold) -> Verdict:
    if threshold.metric in _every_name():
        return Verdict(threshold, "not_applicable", None, "This kind of model, or this plan, has no such figure.")
    return Verdict(threshold, "error", None, f"There is no figure '{threshold.metric}'.")


def _every_name() -> set[str]:
    plain = {m.name for table in (QUALITY, CALIBRATION, BY_GROUP) for row in table.values() for m in row}
    noisy = {m.name for row in UNDER_NOISE.values() for m in row}
    spread = {m.name for row in BY_GROUP.values() for m in row}
    return (
        plain
        | {f"{name}_{form}" for name in noisy for form in ("under_noise", "degradation")}
        | {f"{name}_spread" for name in spread}
    )
