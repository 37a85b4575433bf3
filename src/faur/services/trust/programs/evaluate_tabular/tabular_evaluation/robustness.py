"""How a model's figures change when its numbers are a little off: Gaussian noise, column by column."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from .answers import Answers
from .intervals import Figure, Sureness, bootstrap_interval, resampled
from .measures import UNDER_NOISE, Measure, Weights
from .model import Feeds, Model, answer
from .results import Result, about, says_too_little
from .table import Numbers

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
    results: list[Result] = []
    for level in levels if NUMBERS in feeds else ():
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


def _varies(column: Numbers) -> bool:
    return len(np.unique(column[~np.isnan(column)])) > 2


def _results(
    measure: Measure, answers: Answers, noisy: Sequence[Answers], where: str, sureness: Sureness
) -> list[Result]:
    def under(weights: Weights) -> Numbers:
        return np.asarray(np.mean([measure.of(draw, weights) for draw in noisy], axis=0))

    def worse(weights: Weights) -> Numbers:
        lost = measure.of(answers, weights) - under(weights)
        return lost if measure.direction == "higher" else -lost

    plain = about(measure, answers, sureness, where)
    plain = replace(plain, reference=f"{REFERENCE}; {measure.reference}")
    forms = [
        (replace(plain, metric=f"{measure.name}_under_noise"), under),
        (replace(plain, metric=f"{measure.name}_degradation", direction="lower"), worse),
    ]
    if reason := says_too_little(measure, answers, sureness.fewest):
        return [replace(form, outcome="inconclusive", reason=reason) for form, _ in forms]
    samples = resampled(answers, sureness, {form.metric: figure for form, figure in forms}, where)
    return [_measured(form, figure, samples[form.metric], answers, sureness) for form, figure in forms]


def _measured(form: Result, figure: Figure, samples: Numbers, answers: Answers, sureness: Sureness) -> Result:
    value = float(figure(np.ones((1, len(answers))))[0])
    limits, method = bootstrap_interval(value, samples, answers, sureness)
    return replace(form, value=value, interval=limits, method=f"mean of {DRAWS} draws of noise; {method}")
