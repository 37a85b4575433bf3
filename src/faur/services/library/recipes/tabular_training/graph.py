"""From a fitted pipeline to an ONNX graph that takes numbers and texts as they stand in the table.

Its inputs are `input`, float32 [N, numbers], and where there are categories `categories`, string [N, categories].
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType
from sklearn.pipeline import Pipeline

from tabular_training.columns import Feature, Features
from tabular_training.targets import Classes

OPSET = {"": 18, "ai.onnx.ml": 3}
NUMBERS, CATEGORIES, MATRIX = "input", "categories", "matrix"
UNKNOWN = -1.0


def classifier_graph(pipeline: Pipeline, features: Features, classes: Classes, threshold: float) -> onnx.ModelProto:
    """A graph with the outputs `label` [N] and `probabilities`, float32 [N, K].

    The label of two classes is the positive one where its probability is at least `threshold`; of more, the likeliest.
    """
    model = _converted(pipeline, features, {id(pipeline): {"zipmap": False}})
    kind = TensorProto.STRING if isinstance(classes.labels[0], str) else TensorProto.INT64
    _rename(model.graph, "label", "unused_label")
    model.graph.node.extend(_two(classes, threshold, kind) if classes.positive is not None else _many(classes, kind))
    del model.graph.output[:]
    model.graph.output.append(helper.make_tensor_value_info("label", kind, [None]))
    shape = [None, len(classes.labels)]
    model.graph.output.append(helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, shape))
    return _finished(model, features)


def regressor_graph(pipeline: Pipeline, features: Features) -> onnx.ModelProto:
    """A graph with the output `prediction`, float32 [N, 1]."""
    model = _converted(pipeline, features, {})
    _rename(model.graph, model.graph.output[0].name, "prediction")
    del model.graph.output[:]
    model.graph.output.append(helper.make_tensor_value_info("prediction", TensorProto.FLOAT, [None, 1]))
    return _finished(model, features)


def opsets(model: onnx.ModelProto) -> dict[str, int]:
    """The operator sets of `model` by their domain, `ai.onnx` for the default one."""
    return {entry.domain or "ai.onnx": entry.version for entry in model.opset_import}


def _converted(pipeline: Pipeline, features: Features, options: dict[int, dict[str, bool]]) -> onnx.ModelProto:
    width = features.matrix.shape[1]
    entry = MATRIX if features.categories else NUMBERS
    model: onnx.ModelProto = convert_sklearn(
        pipeline,
        name="faur",  # a name of its own: the converter's would be random, and the bytes with it
        initial_types=[(entry, FloatTensorType([None, width]))],
        target_opset=OPSET,
        options=options,
    )
    return model


def _two(classes: Classes, threshold: float, kind: int) -> list[onnx.NodeProto]:
    positive = classes.positive
    assert positive is not None  # noqa: S101 - the caller chose this form because there is one
    place = numpy_helper.from_array(np.array(positive, dtype=np.int64))
    limit = numpy_helper.from_array(np.array(threshold, dtype=np.float32))
    return [
        helper.make_node("Constant", [], ["positive_place"], value=place),
        helper.make_node("Constant", [], ["threshold"], value=limit),
        _labels("positive_label", [classes.labels[positive]], kind),
        _labels("negative_label", [classes.labels[1 - positive]], kind),
        helper.make_node("Gather", ["probabilities", "positive_place"], ["positive_probability"], axis=1),
        helper.make_node("GreaterOrEqual", ["positive_probability", "threshold"], ["is_positive"]),
        helper.make_node("Where", ["is_positive", "positive_label", "negative_label"], ["label"]),
    ]


def _many(classes: Classes, kind: int) -> list[onnx.NodeProto]:
    return [
        _labels("labels", classes.labels, kind),
        helper.make_node("ArgMax", ["probabilities"], ["likeliest"], axis=1, keepdims=0),
        helper.make_node("Gather", ["labels", "likeliest"], ["label"], axis=0),
    ]


def _labels(name: str, labels: Sequence[int | str], kind: int) -> onnx.NodeProto:
    values: Any = [label.encode() if isinstance(label, str) else label for label in labels]  # Any: one of two lists
    return helper.make_node("Constant", [], [name], value=helper.make_tensor(name, kind, [len(values)], values))


def _finished(model: onnx.ModelProto, features: Features) -> onnx.ModelProto:
    """`model` with its final inputs, without dead nodes, each operator set named once; checked by ONNX."""
    del model.graph.input[:]
    if features.numbers:
        shape = [None, len(features.numbers)]
        model.graph.input.append(helper.make_tensor_value_info(NUMBERS, TensorProto.FLOAT, shape))
    if features.categories:
        shape = [None, len(features.categories)]
        model.graph.input.append(helper.make_tensor_value_info(CATEGORIES, TensorProto.STRING, shape))
        _prepend(model.graph, _codes(features.categories, with_numbers=bool(features.numbers)))
    _prune(model.graph)
    used = {"", *(node.domain for node in model.graph.node)}
    del model.opset_import[:]
    model.opset_import.extend(helper.make_opsetid(domain, OPSET[domain]) for domain in sorted(used))
    onnx.checker.check_model(model)
    return model


def _codes(categories: Sequence[Feature], *, with_numbers: bool) -> list[onnx.NodeProto]:
    """Nodes from texts to the matrix: each text becomes its place among the known ones, an unknown one -1."""
    nodes, columns = [], [NUMBERS] if with_numbers else []
    for place, feature in enumerate(categories):
        index = numpy_helper.from_array(np.array([place], dtype=np.int64))
        nodes += [
            helper.make_node("Constant", [], [f"place_{place}"], value=index),
            helper.make_node("Gather", [CATEGORIES, f"place_{place}"], [f"text_{place}"], axis=1),
            helper.make_node(
                "LabelEncoder",
                [f"text_{place}"],
                [f"code_{place}"],
                domain="ai.onnx.ml",
                keys_strings=list(feature.categories),
                values_floats=[float(code) for code in range(len(feature.categories))],
                default_float=UNKNOWN,
            ),
        ]
        columns.append(f"code_{place}")
    return [*nodes, helper.make_node("Concat", columns, [MATRIX], axis=1)]


def _prepend(graph: onnx.GraphProto, nodes: Sequence[onnx.NodeProto]) -> None:
    following = list(graph.node)
    del graph.node[:]
    graph.node.extend([*nodes, *following])


def _rename(graph: onnx.GraphProto, old: str, new: str) -> None:
    for node in graph.node:
        node.input[:] = [new if name == old else name for name in node.input]
        node.output[:] = [new if name == old else name for name in node.output]


def _prune(graph: onnx.GraphProto) -> None:
    """Remove nodes that nothing uses; a node stands after those that it uses, so one pass from the end is enough."""
    used, kept = {output.name for output in graph.output}, []
    for node in reversed(graph.node):
        if used & set(node.output):
            used.update(node.input)
            kept.append(node)
    del graph.node[:]
    graph.node.extend(reversed(kept))
    constants = [constant for constant in graph.initializer if constant.name in used]
    del graph.initializer[:]
    graph.initializer.extend(constants)
