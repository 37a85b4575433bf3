"""The form in which every figure is handed over, and how it is measured on a set of rows."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any, Literal, TypeAlias

from .answers import Answers
from .intervals import Interval, Sureness, bootstrap_interval, resampled, wilson
from .measures import Measure
from .table import Numbers

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
) -> tuple[list[Result], dict[str, Numbers]]:
    """Each of `measures` on `answers`, named as the slice `where`, and its resamples."""
    figures = {measure.name: partial(measure.of, answers) for measure in measures}
    samples = resampled(answers, sureness, figures, where) if len(answers) >= sureness.fewest else {}
    return [_result(answers, measure, samples, sureness, where) for measure in measures], samples


def about(measure: Measure, answers: Answers, sureness: Sureness, where: str) -> Result:
    """What can be said of a result before it is measured."""
    return Result(
        metric=measure.name,
        slice=where,
        unit=measure.unit,
        direction=measure.direction,
        n=int(measure.rests_on(answers).sum()),
        confidence=sureness.confidence,
        reference=measure.reference,
    )


def says_too_little(measure: Measure, answers: Answers, fewest: int) -> str:
    """Why the figure would say too little, and perhaps too much about single people; "" where it rests on enough."""
    rows = int(measure.rests_on(answers).sum())
    if rows < fewest:
        return f"It rests on {rows} rows, fewer than {fewest}."
    if measure.compares and answers.smallest_class < fewest:
        return f"Its smallest class has {answers.smallest_class} rows, fewer than {fewest}."
    return ""


def _result(answers: Answers, measure: Measure, samples: dict[str, Numbers], sureness: Sureness, where: str) -> Result:
    plain = about(measure, answers, sureness, where)
    if reason := says_too_little(measure, answers, sureness.fewest):
        return replace(plain, outcome="inconclusive", reason=reason)
    value = measure.value(answers)
    if math.isnan(value):
        return replace(plain, outcome="not_applicable", reason="It is not defined on these rows.")
    if measure.proportion:
        limits, method = wilson(value, plain.n, sureness.confidence), "Wilson score interval"
    else:
        limits, method = bootstrap_interval(value, samples[measure.name], answers, sureness)
    return replace(plain, value=value, interval=limits, method=method)
