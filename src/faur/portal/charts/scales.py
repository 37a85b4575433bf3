"""From numbers to places on a chart, and the round numbers that are written beside it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from faur.portal.quantities import number

Point = tuple[float, float]

_FARTHEST, _NEAREST = 1e300, 1e-290
"""Beyond these, differences of floating-point numbers are themselves infinite, or nothing."""
_ALIKE = 1e-12
"""Numbers that differ by less than this part of themselves are one place on a chart."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch of numbers mapped to 0..100."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """0 at `low`, 100 at `high`; outside of them it is held at the edge."""
        share = (value - self.low) / (self.high - self.low)
        return 100 * min(1.0, max(0.0, share))

    def ticks(self, count: int = 5) -> Sequence[float]:
        """About `count` round numbers (1, 2 or 5 times a power of ten) within the scale."""
        step = _round_step((self.high - self.low) / count)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [n * step for n in range(first, last + 1)]

    def label(self, value: float) -> str:
        """The number with as many decimals as tell neighbouring ticks apart."""
        step = _round_step((self.high - self.low) / 5)
        return number(value, max(0, -math.floor(math.log10(step) + 1e-9)))


def scale_for(values: Iterable[float]) -> Scale:
    """A scale that ends on round numbers and holds every finite value; 0..1 where there is none."""
    finite = [max(-_FARTHEST, min(_FARTHEST, value)) for value in values if math.isfinite(value)]
    if not finite:
        return Scale(0.0, 1.0)
    low, high = min(finite), max(finite)
    if high - low <= max(_NEAREST, _ALIKE * max(abs(low), abs(high))):
        margin = abs(low) / 10 if abs(low) > _NEAREST else 1.0
        low, high = low - margin, high + margin
    step = _round_step((high - low) / 5)
    return Scale(math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step)


def thinned(points: Sequence[Point], limit: int) -> Sequence[Point]:
    """At most about `limit` points with every peak and every trough kept; the first and the last always stay."""
    if len(points) <= limit:
        return points
    size = math.ceil(len(points) / (limit // 2))
    kept = {0, len(points) - 1}
    for start in range(0, len(points), size):
        bucket = [i for i in range(start, min(start + size, len(points))) if math.isfinite(points[i][1])]
        if bucket:
            kept.add(min(bucket, key=lambda i: points[i][1]))
            kept.add(max(bucket, key=lambda i: points[i][1]))
    return [points[i] for i in sorted(kept)]


def unbroken(points: Iterable[Point]) -> Sequence[Sequence[Point]]:
    """The runs of finite points: a line has a gap where a value is not a number."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if math.isfinite(point[1]):
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(factor for factor in (1, 2, 5, 10) if rough <= factor * power * (1 + 1e-9))
