"""How a model's figures change when its numbers are a little off: Gaussian noise, column by column."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from .answers import Answers
from .intervals import Sureness, bootstrap_interval, resampled
from .measures import UNDER_NOISE, Measure, Weights
from .model import Feeds, Model, answer
from .results import Result
from .table import Floats

NUMBERS = "input"
DRAWS = 5
REFERENCE = "Gaussian corruption of inputs, after Hendrycks and Dietterich 2019"


def under_noise(
    model: Model, feeds: Feeds, answers: Answers, levels: Sequence[float], sureness: Sureness
) -> list[Result]:
    """Each figure under noise, and by how much it is worse than without, at each of `levels`.

    A level is the noise's standard deviation in those of the columns, taken from `feeds`; columns with two values are
    left as they are. The figure is the mean over five draws; that it is worse is judged on the same resamples of rows.
    """
    if NUMBERS not in feeds or len(answers) < sureness.fewest:
        return []
    results: list[Result] = []
    for level in levels:
        noisy = [answer(model, draw, answers.truth) for draw in _draws(feeds, level, sureness.seed)]
        for measure in UNDER_NOISE[answers.kind]:
            results += _results(measure, answers, noisy, f"noise={level:g}", sureness)
    return results


def _draws(feeds: Feeds, level: float, seed: int) -> Iterator[Feeds]:
    numbers = feeds[NUMBERS]
    spread = np.nan_to_num(np.nanstd(numbers, axis=0)) * [_varies(column) for column in numbers.T]
    draw = np.random.default_rng([seed, round(level * 10_000)])
    for _ in range(DRAWS):
        noise = draw.standard_normal(numbers.shape, dtype=np.float32) * spread * level
        yield {**feeds, NUMBERS: (numbers + noise).astype(np.float32)}


def _varies(column: Floats) -> bool:
    return len(np.unique(column[~np.isnan(column)])) > 2


def _results(
    measure: Measure, answers: Answers, noisy: Sequence[Answers], where: str, sureness: Sureness
) -> list[Result]:
    def under(weights: Weights) -> Floats:
        return np.asarray(np.mean([measure.of(draw, weights) for draw in noisy], axis=0))

    def worse(weights: Weights) -> Floats:
        lost = measure.of(answers, weights) - under(weights)
        return lost if measure.direction == "higher" else -lost

    figures: dict[str, tuple[str, Callable[[Weights], Floats]]] = {
        f"{measure.name}_under_noise": (measure.direction, under),
        f"{measure.name}_degradation": ("lower", worse),
    }
    samples = resampled(answers, sureness, {name: figure for name, (_, figure) in figures.items()}, where)
    results = []
    for name, (direction, figure) in figures.items():
        value = float(figure(np.ones((1, len(answers))))[0])
        limits, method = bootstrap_interval(value, samples[name], answers, sureness)
        results.append(
            Result(
                metric=name,
                slice=where,
                unit=measure.unit,
                direction=direction,
                n=len(answers),
                confidence=sureness.confidence,
                reference=f"{REFERENCE}; {measure.reference}",
                value=value,
                interval=limits,
                method=f"mean of {DRAWS} draws of noise; {method}",
            )
        )
    return results
