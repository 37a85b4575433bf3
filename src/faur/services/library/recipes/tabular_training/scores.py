"""How good an answer is, by scikit-learn's own functions, and which way is better."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

import numpy as np
from sklearn import metrics

from tabular_training.table import Numbers
from tabular_training.targets import Classes

Scores: TypeAlias = dict[str, float]

LOWER_IS_BETTER = frozenset({"log_loss", "rmse", "mae"})


def better(metric: str, left: float, right: float) -> bool:
    """Whether `left` is strictly better than `right`."""
    return left < right if metric in LOWER_IS_BETTER else left > right


def classification_scores(classes: Classes, threshold: float) -> Callable[[Numbers, Numbers], Scores]:
    """A function of true codes and probabilities [N, K]; two classes are scored for the positive one at `threshold`."""
    if classes.positive is None:
        return _of_many
    return partial(_of_two, classes.positive, threshold)


def _of_two(positive: int, threshold: float, truth: Numbers, probabilities: Numbers) -> Scores:
    wanted = probabilities[:, positive]
    is_positive, said = truth == positive, wanted >= threshold
    return {
        "accuracy": metrics.accuracy_score(is_positive, said),
        "balanced_accuracy": metrics.balanced_accuracy_score(is_positive, said),
        "roc_auc": metrics.roc_auc_score(is_positive, wanted),
        "average_precision": metrics.average_precision_score(is_positive, wanted),
        "f1": metrics.f1_score(is_positive, said, zero_division=0.0),
        "recall": metrics.recall_score(is_positive, said),
        "specificity": metrics.recall_score(~is_positive, ~said),
        "log_loss": metrics.log_loss(truth, probabilities, labels=[0, 1]),
    }


def _of_many(truth: Numbers, probabilities: Numbers) -> Scores:
    """Areas, precision and F1 are unweighted means over the classes, each against the rest."""
    everything = np.arange(probabilities.shape[1])
    said, one_hot = probabilities.argmax(axis=1), truth[:, None] == everything
    return {
        "accuracy": metrics.accuracy_score(truth, said),
        "balanced_accuracy": metrics.balanced_accuracy_score(truth, said),
        "roc_auc": metrics.roc_auc_score(one_hot, probabilities, average="macro"),
        "average_precision": metrics.average_precision_score(one_hot, probabilities, average="macro"),
        "f1": metrics.f1_score(truth, said, average="macro", zero_division=0.0),
        "log_loss": metrics.log_loss(truth, probabilities, labels=everything),
    }


def regression_scores(truth: Numbers, answers: Numbers) -> Scores:
    """Root mean squared error and mean absolute error in the target's unit, and the coefficient of determination."""
    return {
        "rmse": metrics.root_mean_squared_error(truth, answers),
        "mae": metrics.mean_absolute_error(truth, answers),
        "r2": metrics.r2_score(truth, answers),
    }


def means(folds: list[Scores]) -> Scores:
    """The mean of each score over the folds."""
    return {name: float(np.mean([fold[name] for fold in folds])) for name in folds[0]}


def deviations(folds: list[Scores]) -> Mapping[str, float]:
    """The standard deviation of each score over the folds (divided by their number less one); 0 for one fold."""
    spread = len(folds) > 1
    return {name: float(np.std([fold[name] for fold in folds], ddof=1)) if spread else 0.0 for name in folds[0]}
