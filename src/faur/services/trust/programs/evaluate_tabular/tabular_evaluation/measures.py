"""The figures of quality, each computed for many weightings of the rows at once.

A weighting counts how often each row was drawn; ones give the plain figure. Shapes: weights [B, N], result [B].
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from .answers import Answers, Kind, Mask
from .table import Numbers

Weights: TypeAlias = Numbers

SMALLEST = float(np.finfo(np.float64).eps)
BINS = 15


@dataclass(frozen=True)
class Measure:
    """A figure: its unit, which way is better, its source, how it is computed, and the rows that it rests on.

    `compares`: it sets classes against each other, so that it says no more than the smallest of them allows.
    """

    name: str
    unit: str
    direction: Literal["higher", "lower", "none"]
    reference: str
    of: Callable[[Answers, Weights], Numbers]
    rests_on: Callable[[Answers], Mask]
    proportion: bool = False
    compares: bool = False

    def value(self, answers: Answers) -> float:
        """The plain figure; NaN where it is not defined, as an area without one of the classes."""
        return float(self.of(answers, np.ones((1, len(answers))))[0])


def every_row(answers: Answers) -> Mask:
    return np.ones(len(answers), dtype=bool)


def accuracy(answers: Answers, weights: Weights) -> Numbers:
    """The share of rows answered correctly."""
    return _share(weights, answers.correct, every_row(answers))


def balanced_accuracy(answers: Answers, weights: Weights) -> Numbers:
    """The mean over the classes of the share of their rows answered correctly: Brodersen et al. 2010."""
    shares = [_share(weights, answers.correct, answers.truth == code) for code in _codes(answers)]
    return np.asarray(np.mean(shares, axis=0))


def recall(answers: Answers, weights: Weights) -> Numbers:
    """The share of the positive rows that were said to be so; also called sensitivity."""
    return _share(weights, answers.said_positive, answers.is_positive)


def specificity(answers: Answers, weights: Weights) -> Numbers:
    """The share of the other rows that were said to be so."""
    return _share(weights, ~answers.said_positive, ~answers.is_positive)


def selection_rate(answers: Answers, weights: Weights) -> Numbers:
    """The share of rows said to be positive, right or wrong."""
    return _share(weights, answers.said_positive, every_row(answers))


def f1(answers: Answers, weights: Weights) -> Numbers:
    """2 TP / (2 TP + FP + FN), van Rijsbergen 1979; of several classes the unweighted mean; 0 where undefined."""
    if answers.kind == "two classes":
        return _f1(weights, answers.is_positive, answers.said_positive)
    said = answers.said.argmax(axis=1)
    return np.asarray(np.mean([_f1(weights, answers.truth == c, said == c) for c in _codes(answers)], axis=0))


def roc_auc(answers: Answers, weights: Weights) -> Numbers:
    """The chance that a positive row is scored above another, ties counting half: Hanley and McNeil 1982.

    Of several classes, the unweighted mean of each against the rest.
    """
    return _over_classes(answers, weights, _area)


def average_precision(answers: Answers, weights: Weights) -> Numbers:
    """The sum over the thresholds of (recall gained) x (precision there): Zhu 2004; as scikit-learn defines it.

    Of several classes, the unweighted mean of each against the rest.
    """
    return _over_classes(answers, weights, _precision)


def log_loss(answers: Answers, weights: Weights) -> Numbers:
    """The mean of -ln(probability of the true class), Good 1952; probabilities are kept above 2^-52."""
    true = answers.said[np.arange(len(answers)), answers.truth.astype(int)]
    return _mean(weights, -np.log(np.clip(true, SMALLEST, 1.0)))


def brier(answers: Answers, weights: Weights) -> Numbers:
    """The mean squared error of the probabilities: Brier 1950.

    Of two classes that of the positive one, between 0 and 1; of several the sum over the classes, between 0 and 2.
    """
    if answers.kind == "two classes":
        return _mean(weights, (answers.wanted - answers.is_positive) ** 2)
    one_hot = answers.truth[:, None] == np.arange(answers.said.shape[1])
    return _mean(weights, ((answers.said - one_hot) ** 2).sum(axis=1))


def ece(answers: Answers, weights: Weights) -> Numbers:
    """The expected calibration error: the mean over 15 bins of equal width, weighted by their rows, of
    |mean probability - share of cases|: Naeini et al. 2015; Guo et al. 2017.

    Of two classes the probability of the positive one is binned, of several that of the likeliest.
    """
    probability, happened = stated(answers)
    members = (bin_of(probability)[:, None] == np.arange(BINS)).astype(np.float64)
    gap = weights @ (members * (probability - happened)[:, None])
    return np.asarray(np.abs(gap).sum(axis=1) / weights.sum(axis=1))


def stated(answers: Answers) -> tuple[Numbers, Mask]:
    """The probability that the model stated for each row, and whether what it stated came true."""
    if answers.kind == "two classes":
        return answers.wanted, answers.is_positive
    return np.asarray(answers.said.max(axis=1)), answers.correct


def bin_of(probability: Numbers) -> Numbers:
    """The place of the bin [k/15, (k+1)/15) of each probability; 1 belongs to the last."""
    return np.asarray(np.minimum((probability * BINS).astype(int), BINS - 1))


def mae(answers: Answers, weights: Weights) -> Numbers:
    """The mean absolute error."""
    return _mean(weights, np.abs(answers.said - answers.truth))


def rmse(answers: Answers, weights: Weights) -> Numbers:
    """The root of the mean squared error."""
    return np.asarray(np.sqrt(_mean(weights, (answers.said - answers.truth) ** 2)))


def r2(answers: Answers, weights: Weights) -> Numbers:
    """1 - (squared error) / (squared deviation of the truth from its own mean): Wright 1921."""
    mean = _mean(weights, answers.truth)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        total = (weights * (answers.truth - mean) ** 2).sum(axis=1)
        return np.asarray(1 - weights @ (answers.said - answers.truth) ** 2 / np.where(total > 0, total, np.nan))


def _codes(answers: Answers) -> Numbers:
    return np.unique(answers.truth)


def _mean(weights: Weights, values: Numbers) -> Numbers:
    return np.asarray(weights @ values / weights.sum(axis=1))


def _share(weights: Weights, hits: Mask, among: Mask) -> Numbers:
    total = weights @ among.astype(np.float64)
    hit = weights @ (hits & among).astype(np.float64)
    return np.asarray(np.divide(hit, total, out=np.full(len(total), np.nan), where=total > 0))


def _f1(weights: Weights, is_positive: Mask, said: Mask) -> Numbers:
    hits = weights @ (is_positive & said).astype(np.float64)
    marked = weights @ (is_positive.astype(np.float64) + said)
    return np.asarray(np.divide(2 * hits, marked, out=np.zeros(len(marked)), where=marked > 0))


def _over_classes(answers: Answers, weights: Weights, figure: Callable[[Weights, Numbers, Mask], Numbers]) -> Numbers:
    if answers.kind == "two classes":
        return figure(weights, answers.wanted, answers.is_positive)
    codes = range(answers.said.shape[1])
    return np.asarray(np.mean([figure(weights, answers.said[:, c], answers.truth == c) for c in codes], axis=0))


def _ranked(weights: Weights, score: Numbers, is_positive: Mask) -> tuple[Numbers, Numbers]:
    """The weight of positive and of other rows at each distinct score, ascending: two arrays [B, distinct scores]."""
    order = np.argsort(score, kind="stable")
    starts = np.flatnonzero(np.diff(score[order], prepend=-np.inf))
    ordered = weights[:, order]
    positive = np.add.reduceat(ordered * is_positive[order], starts, axis=1)
    return positive, np.add.reduceat(ordered, starts, axis=1) - positive


def _area(weights: Weights, score: Numbers, is_positive: Mask) -> Numbers:
    positive, other = _ranked(weights, score, is_positive)
    below = np.cumsum(other, axis=1) - other / 2
    pairs = positive.sum(axis=1) * other.sum(axis=1)
    won = (positive * below).sum(axis=1)
    return np.asarray(np.divide(won, pairs, out=np.full(len(pairs), np.nan), where=pairs > 0))


def _precision(weights: Weights, score: Numbers, is_positive: Mask) -> Numbers:
    positive, other = (part[:, ::-1] for part in _ranked(weights, score, is_positive))
    hits, marked = np.cumsum(positive, axis=1), np.cumsum(positive + other, axis=1)
    precision = np.divide(hits, marked, out=np.zeros_like(hits), where=marked > 0)
    total = hits[:, -1]
    won = (positive * precision).sum(axis=1)
    return np.asarray(np.divide(won, total, out=np.full(len(total), np.nan), where=total > 0))


def _positives(answers: Answers) -> Mask:
    return answers.is_positive


def _others(answers: Answers) -> Mask:
    return ~answers.is_positive


ACCURACY = Measure("accuracy", "1", "higher", "share of correct answers", accuracy, every_row, proportion=True)
BALANCED = Measure(
    "balanced_accuracy", "1", "higher", "Brodersen et al. 2010", balanced_accuracy, every_row, compares=True
)
AUC = Measure("roc_auc", "1", "higher", "Hanley and McNeil 1982", roc_auc, every_row, compares=True)
PRECISION = Measure("average_precision", "1", "higher", "Zhu 2004", average_precision, every_row, compares=True)
F1 = Measure("f1", "1", "higher", "van Rijsbergen 1979", f1, every_row)
RECALL = Measure("recall", "1", "higher", "TP / (TP + FN)", recall, _positives, proportion=True)
SPECIFICITY = Measure("specificity", "1", "higher", "TN / (TN + FP)", specificity, _others, proportion=True)
SELECTION = Measure("selection_rate", "1", "none", "share called positive", selection_rate, every_row, proportion=True)
LOG_LOSS = Measure("log_loss", "nat", "lower", "Good 1952", log_loss, every_row)
BRIER = Measure("brier", "1", "lower", "Brier 1950", brier, every_row)
ECE = Measure("ece", "1", "lower", "Naeini et al. 2015, 15 bins of equal width", ece, every_row)
MAE = Measure("mae", "target", "lower", "mean absolute error", mae, every_row)
RMSE = Measure("rmse", "target", "lower", "root mean squared error", rmse, every_row)
R2 = Measure("r2", "1", "higher", "Wright 1921", r2, every_row)

QUALITY: dict[Kind, tuple[Measure, ...]] = {
    "two classes": (ACCURACY, BALANCED, AUC, PRECISION, F1, RECALL, SPECIFICITY, LOG_LOSS),
    "several classes": (ACCURACY, BALANCED, AUC, PRECISION, F1, LOG_LOSS),
    "number": (MAE, RMSE, R2),
}
CALIBRATION: dict[Kind, tuple[Measure, ...]] = {
    "two classes": (ECE, BRIER),
    "several classes": (ECE, BRIER),
    "number": (),
}
BY_GROUP: dict[Kind, tuple[Measure, ...]] = {
    "two classes": (ACCURACY, AUC, RECALL, SPECIFICITY, SELECTION),
    "several classes": (ACCURACY, BALANCED),
    "number": (MAE, RMSE),
}
UNDER_NOISE: dict[Kind, tuple[Measure, ...]] = {
    "two classes": (AUC, ACCURACY),
    "several classes": (AUC, ACCURACY),
    "number": (RMSE, MAE),
}
