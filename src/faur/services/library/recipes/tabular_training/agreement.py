"""Whether the ONNX model says what the fitted pipeline says: the proof without which no model is written."""

from dataclasses import dataclass

import numpy as np
import onnxruntime
from sklearn.pipeline import Pipeline

from tabular_training.columns import Features
from tabular_training.graph import CATEGORIES, NUMBERS
from tabular_training.search import Problem
from tabular_training.table import Numbers

ROWS_AT_ONCE = 4096


@dataclass(frozen=True)
class Agreement:
    """The largest absolute difference over all answers to all training rows, and what would still be accepted."""

    rows: int
    largest_difference: float
    tolerance: float

    @property
    def holds(self) -> bool:
        return self.largest_difference <= self.tolerance


def compare(model: bytes, output: str, pipeline: Pipeline, problem: Problem, tolerance: float) -> Agreement:
    """Compare `output` of the ONNX `model` with the answer of `pipeline` on every row of `problem`."""
    features = problem.features
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    largest = 0.0
    for start in range(0, len(features), ROWS_AT_ONCE):
        part = features.matrix[start : start + ROWS_AT_ONCE]
        (said,) = session.run([output], feeds(features, part))
        expected = problem.answer(pipeline, part)
        largest = max(largest, float(np.abs(said.reshape(expected.shape) - expected).max(initial=0.0)))
    return Agreement(len(features), largest, tolerance)


def feeds(features: Features, part: Numbers) -> dict[str, Numbers]:
    """The rows `part` of the matrix as the graph's inputs, the codes of categories turned back into their texts."""
    count, given = len(features.numbers), {}
    if count:
        given[NUMBERS] = part[:, :count]
    if features.categories:
        texts = [
            np.array(feature.categories, dtype=object)[part[:, count + place].astype(int)]
            for place, feature in enumerate(features.categories)
        ]
        given[CATEGORIES] = np.column_stack(texts)
    return given
