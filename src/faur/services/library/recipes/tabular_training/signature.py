"""What a model says of itself in `model.json`, by `model.schema.json`: what it takes, what it answers, its origin."""

import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import numpy as np

from tabular_training.columns import Feature, Features
from tabular_training.graph import CATEGORIES, NUMBERS
from tabular_training.table import Numbers
from tabular_training.targets import Classes

FORMAT = "faur.tabular-model/1"
LIBRARIES = ("numpy", "scikit-learn", "skl2onnx", "onnx", "onnxruntime", "pyarrow")


def signature_of_features(features: Features) -> dict[str, Any]:  # Any: JSON
    """The features in the order in which the inputs hold them, and the inputs in the inference protocol's words."""
    numbers = [_feature(feature, NUMBERS, place) for place, feature in enumerate(features.numbers)]
    categories = [_feature(feature, CATEGORIES, place) for place, feature in enumerate(features.categories)]
    inputs = [(NUMBERS, "FP32", len(numbers)), (CATEGORIES, "BYTES", len(categories))]
    return {
        "features": numbers + categories,
        "inputs": [{"name": name, "datatype": kind, "shape": [-1, count]} for name, kind, count in inputs if count],
    }


def signature_of_classes(target: str, classes: Classes, threshold: float) -> dict[str, Any]:  # Any: JSON
    """The answers of a classifier; `threshold` and the positive class only where there are two classes."""
    datatype = "BYTES" if isinstance(classes.labels[0], str) else "INT64"
    two: dict[str, int | float | str] = {}
    if classes.positive is not None:
        two = {"positive_class": classes.labels[classes.positive], "threshold": threshold}
    return {
        "outputs": [
            {"name": "label", "datatype": datatype, "shape": [-1]},
            {"name": "probabilities", "datatype": "FP32", "shape": [-1, len(classes.labels)]},
        ],
        "target": {"name": target},
        "classes": list(classes.labels),
        **two,
    }


def signature_of_numbers(target: str, values: Numbers) -> dict[str, Any]:  # Any: JSON
    """The answer of a regressor, and the range and spread of the target among the training rows."""
    described = {"minimum": values.min(), "maximum": values.max(), "mean": values.mean(), "deviation": np.std(values)}
    return {
        "outputs": [{"name": "prediction", "datatype": "FP32", "shape": [-1, 1]}],
        "target": {"name": target} | {name: float(value) for name, value in described.items()},
    }


def libraries() -> Mapping[str, str]:
    """The versions of what made the model."""
    return {"python": platform.python_version()} | {name: version(name) for name in LIBRARIES}


def _feature(feature: Feature, source: str, place: int) -> dict[str, Any]:  # Any: JSON
    shared = {"name": feature.name, "input": source, "index": place, "missing": feature.missing}
    if feature.categories:
        return shared | {"kind": "category", "dtype": "string", "categories": list(feature.categories)}
    return shared | {"kind": "number", "dtype": "float32", "minimum": feature.minimum, "maximum": feature.maximum}
