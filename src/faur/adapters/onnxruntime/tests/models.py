"""Small ONNX models for the tests of the engine."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from onnx import NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper, save_model
from skl2onnx import to_onnx
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def written(
    folder: Path, nodes: Sequence[NodeProto], inputs: Sequence[ValueInfoProto], outputs: Sequence[ValueInfoProto]
) -> Path:
    """A folder with the model of `nodes`."""
    folder.mkdir(parents=True)
    graph = helper.make_graph(nodes, "g", inputs, outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    save_model(model, folder / "model.onnx")
    return folder


def tensor(name: str, kind: int, *shape: int | None) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, list(shape))


def echo(folder: Path, kind: int) -> Path:
    """Answers what it is asked."""
    node = helper.make_node("Identity", ["x"], ["y"])
    return written(folder, [node], [tensor("x", kind, None, 2)], [tensor("y", kind, None, 2)])


def inverse(folder: Path) -> Path:
    """Answers 1 / x, which is infinite at 0."""
    one = numpy_helper.from_array(np.ones(1, np.float32))
    nodes = [helper.make_node("Constant", [], ["one"], value=one), helper.make_node("Div", ["one", "x"], ["y"])]
    return written(folder, nodes, [tensor("x", TensorProto.FLOAT, None)], [tensor("y", TensorProto.FLOAT, None)])


def cancer(folder: Path) -> Path:
    """A real classifier: label and probabilities of the Breast Cancer data."""
    rows, truth = load_breast_cancer(return_X_y=True)
    rows = rows.astype(np.float32)
    fitted = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500)).fit(rows, truth)
    folder.mkdir(parents=True)
    save_model(to_onnx(fitted, rows[:1], options={"zipmap": False}), folder / "model.onnx")
    return folder
