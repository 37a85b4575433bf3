"""How sure a figure is: bootstrap intervals, and the exact or closed forms where a bootstrap says nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeAlias
from zlib import crc32

import numpy as np

from .answers import Answers
from .measures import Weights
from .table import Numbers

Interval: TypeAlias = tuple[float, float]
Figure: TypeAlias = Callable[[Weights], Numbers]

_NORMAL = NormalDist()
_CELLS_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Sureness:
    """How many resamples are drawn from which seed, how often an interval should hold the truth, and the fewest rows
    that a figure may rest on."""

    resamples: int
    seed: int
    confidence: float
    fewest: int

    @property
    def method(self) -> str:
        return f"bias-corrected percentile bootstrap, {self.resamples} resamples of the rows"


def resampled(
    answers: Answers, sureness: Sureness, figures: Mapping[str, Figure], part: str = ""
) -> dict[str, Numbers]:
    """Each of `figures` over the same resamples of `answers`: arrays [resamples]; `part` gives its own random numbers.

    Rows are drawn with replacement, as they might have been drawn from where they come from: Efron and Tibshirani 1993,
    chapter 6.
    """
    found: dict[str, list[Numbers]] = {name: [] for name in figures}
    for weights in _weightings(answers, sureness, part):
        for name, figure in figures.items():
            found[name].append(figure(weights))
    return {name: np.concatenate(parts) for name, parts in found.items()}


def bootstrap_interval(
    value: float, samples: Numbers, answers: Answers, sureness: Sureness
) -> tuple[Interval | None, str]:
    """The interval of `value` from its resamples, and the method; None where too few resamples have a figure at all."""
    if np.isnan(samples).mean() > 0.05:
        return None, "more than one resample in twenty has no such figure"
    low, high = corrected_percentiles(value, samples, sureness.confidence)
    if low == high and value in (0.0, 1.0) and answers.kind != "number":
        rows = answers.smallest_class
        return opened(value, rows, sureness.confidence), f"all resamples alike: Clopper-Pearson bound on {rows} rows"
    return (low, high), sureness.method


def wilson(share: float, rows: int, confidence: float) -> Interval | None:
    """The score interval of a proportion, Wilson 1927; None without rows."""
    if rows == 0:
        return None
    z = _NORMAL.inv_cdf((1 + confidence) / 2)
    centre = (share + z**2 / (2 * rows)) / (1 + z**2 / rows)
    half = z / (1 + z**2 / rows) * (share * (1 - share) / rows + z**2 / (4 * rows**2)) ** 0.5
    return (centre - half if share > 0 else 0.0), (centre + half if share < 1 else 1.0)


def corrected_percentiles(value: float, samples: Numbers, confidence: float) -> Interval:
    """The bias-corrected percentile interval: Efron and Tibshirani 1993, section 14.3 with the acceleration 0.

    It moves the percentiles by how far `value` lies from the middle of `samples`, which are NaN where undefined.
    """
    known = samples[~np.isnan(samples)]
    below = float((known < value).mean() + (known == value).mean() / 2)
    edge = 1 / (len(known) + 1)
    shift = 2 * _NORMAL.inv_cdf(min(max(below, edge), 1 - edge))
    z = _NORMAL.inv_cdf((1 + confidence) / 2)
    low, high = np.quantile(known, [_NORMAL.cdf(shift - z), _NORMAL.cdf(shift + z)])
    return float(low), float(high)


def opened(value: float, rows: int, confidence: float) -> Interval:
    """The interval of a figure that is 0 or 1 in every resample, opened by Clopper and Pearson 1934.

    `rows` successes without a failure leave a share of at least (alpha/2)^(1/rows). For an area under the curve of 1
    this is exact: as many disjoint pairs as the smaller class has rows are all in order.
    """
    bound = ((1 - confidence) / 2) ** (1 / rows)
    return (bound, 1.0) if value == 1.0 else (0.0, 1 - bound)


def _weightings(answers: Answers, sureness: Sureness, part: str) -> Iterator[Weights]:
    draw, size = np.random.default_rng([sureness.seed, crc32(part.encode())]), len(answers)
    at_once = max(1, _CELLS_AT_ONCE // size)
    for start in range(0, sureness.resamples, at_once):
        count = min(at_once, sureness.resamples - start)
        offsets = np.arange(count)[:, None] * size
        drawn = draw.integers(0, size, (count, size)) + offsets
        times = np.bincount(drawn.ravel(), minlength=count * size)
        yield times.reshape(count, size).astype(np.float64)
