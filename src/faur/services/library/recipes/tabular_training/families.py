"""The model families that are tried, each with a few settings. All of them convert to ONNX.

scikit-learn's HistGradientBoosting is not among them because it does not convert.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from tabular_training.columns import Features

Settings: TypeAlias = Mapping[str, float | int]
Estimator: TypeAlias = Any  # Any: scikit-learn's estimators share a protocol by convention, not by type


@dataclass(frozen=True)
class Candidate:
    """One family with its settings; `family-2` is the second setting of a family."""

    name: str
    family: str
    settings: Settings
    build: Callable[..., Estimator]
    scaled: bool = False
    threaded: bool = False

    def pipeline(self, features: Features, seed: int, threads: int) -> Pipeline:
        """An unfitted pipeline from the matrix of `features` to the answer."""
        free: dict[str, int] = {"random_state": seed} | ({"n_jobs": threads} if self.threaded else {})
        model = self.build(**self.settings, **free)
        return Pipeline([("prepare", _preparation(features, self.scaled)), ("model", model)])


def candidates(task: str, family: str) -> list[Candidate]:
    """What is tried for `family`, or for all of them where it is `auto`: each family once before any comes again."""
    table = _CLASSIFIERS if task == "tabular-classification" else _REGRESSORS
    chosen = [row for name, row in table.items() if family in ("auto", name)]
    longest = max(len(row.settings) for row in chosen)
    return [row.candidate(place) for place in range(longest) for row in chosen if place < len(row.settings)]


@dataclass(frozen=True)
class _Family:
    name: str
    build: Callable[..., Estimator]
    settings: Sequence[Settings]
    scaled: bool = False
    threaded: bool = False

    def candidate(self, place: int) -> Candidate:
        name = self.name if place == 0 else f"{self.name}-{place + 1}"
        return Candidate(name, self.name, self.settings[place], self.build, self.scaled, self.threaded)


_FOREST: list[Settings] = [{"n_estimators": 200}, {"n_estimators": 200, "min_samples_leaf": 3}]
_BOOSTING: list[Settings] = [{"n_estimators": 100, "subsample": 0.8}, {"n_estimators": 200, "learning_rate": 0.05}]


def _by_name(*families: _Family) -> dict[str, _Family]:
    return {family.name: family for family in families}


_CLASSIFIERS = _by_name(
    _Family(
        "logistic_regression",
        LogisticRegression,
        [{"C": 1.0, "max_iter": 2000}, {"C": 0.1, "max_iter": 2000}, {"C": 10.0, "max_iter": 2000}],
        scaled=True,
    ),
    _Family("random_forest", RandomForestClassifier, _FOREST, threaded=True),
    _Family("extra_trees", ExtraTreesClassifier, _FOREST, threaded=True),
    _Family("gradient_boosting", GradientBoostingClassifier, _BOOSTING),
)
_REGRESSORS = _by_name(
    _Family("ridge", Ridge, [{"alpha": 1.0}, {"alpha": 10.0}, {"alpha": 0.1}], scaled=True),
    _Family("random_forest", RandomForestRegressor, _FOREST, threaded=True),
    _Family("extra_trees", ExtraTreesRegressor, _FOREST, threaded=True),
    _Family("gradient_boosting", GradientBoostingRegressor, _BOOSTING),
)


def _preparation(features: Features, scaled: bool) -> ColumnTransformer:
    """Missing numbers become the median (scaled where the family needs it); categories become one column each."""
    count = len(features.numbers)
    numbers = [("impute", SimpleImputer(strategy="median", keep_empty_features=True))]
    if scaled:
        numbers.append(("scale", StandardScaler()))
    known = [np.arange(len(feature.categories), dtype=np.float32) for feature in features.categories]
    steps = []
    if features.numbers:
        steps.append(("numbers", Pipeline(numbers), list(range(count))))
    if features.categories:
        encoder = OneHotEncoder(categories=known, handle_unknown="ignore", sparse_output=False)
        steps.append(("categories", encoder, list(range(count, count + len(known)))))
    return ColumnTransformer(steps, sparse_threshold=0)
