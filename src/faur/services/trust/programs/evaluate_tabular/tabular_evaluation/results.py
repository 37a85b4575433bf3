"""The form in which every figure is handed over, and how it is measured on a set of rows."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from .answers import Answers
from .intervals import Interval, Sureness, bootstrap_interval, resampled, wilson
from .measures import Measure
from .table import Floats

Outcome: TypeAlias = Literal["measured", "inconclusive", "not_applicable"]


@dataclass(frozen=True, kw_only=True)
class Result:
    """One figure: what, how much, how sure, on how many rows, by which method and source.

    `slice` is "" for all rows, `age` for the spread between groups, `age=[40,60)` for one group, `noise=0.1` for noise.
    """

    metric: str
    slice: str
    unit: str
    direction: str
    n: int
    confidence: float
    reference: str
    value: float | None = None
    interval: Interval | None = None
    method: str = ""
    outcome: Outcome = "measured"
    reason: str = ""

    def as_json(self) -> dict[str, Any]:  # Any: JSON
        return asdict(self) | {"interval": list(self.interval) if self.interval else None}


def measured(
    answers: Answers, measures: Sequence[Measure], sureness: Sureness, where: str = ""
) -> tuple[list[Result], dict[str, Floats]]:
    """Each of `measures` on `answers`, named as the slice `where`, and its resamples."""
    figures = {measure.name: (lambda weights, of=measure.of: of(answers, weights)) for measure in measures}
    samples = resampled(answers, sureness, figures, where) if len(answers) >= sureness.fewest else {}
    return [_result(answers, measure, samples, sureness, where) for measure in measures], samples


def _too_few(measure: Measure, answers: Answers, rows: int, fewest: int) -> str:
    """Why the figure would say too little, and perhaps too much about single people; "" where it rests on enough."""
    if rows < fewest:
        return f"It rests on {rows} rows, fewer than {fewest}."
    if measure.compares and answers.smallest_class < fewest:
        return f"Its smallest class has {answers.smallest_class} rows, fewer than {fewest}."
    return ""


def _result(answers: Answers, measure: Measure, samples: dict[str, Floats], sureness: Sureness, where: str) -> Result:
    rows = int(measure.rests_on(answers).sum())
    about = _about(measure, rows, sureness, where)
    if reason := _too_few(measure, answers, rows, sureness.fewest):
        return Result(**about, outcome="inconclusive", reason=reason)
    value = measure.value(answers)
    if math.isnan(value):
        return Result(**about, outcome="not_applicable", reason="It is not defined on these rows.")
    if measure.proportion:
        limits, method = wilson(value, rows, sureness.confidence), "Wilson score interval"
    else:
        limits, method = bootstrap_interval(value, samples[measure.name], answers, sureness)
    return Result(**about, value=value, interval=limits, method=method)


def _about(measure: Measure, rows: int, sureness: Sureness, where: str) -> dict[str, Any]:  # Any: keyword arguments
    return {
        "metric": measure.name,
        "slice": where,
        "unit": measure.unit,
        "direction": measure.direction,
        "n": rows,
        "confidence": sureness.confidence,
        "reference": measure.reference,
    }
