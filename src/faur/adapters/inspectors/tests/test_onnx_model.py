"""An ONNX file is let in when it is whole and of standard operators only; else its reason is named."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from faur.adapters.inspectors import onnx_model

FLOATS = helper.make_tensor_value_info("input", TensorProto.FLOAT, [None, 3])
OUT = helper.make_tensor_value_info("output", TensorProto.FLOAT, [None, 3])
OPSETS = [helper.make_opsetid("", 18), helper.make_opsetid("ai.onnx.ml", 3)]
ONE = numpy_helper.from_array(np.ones(3, np.float32), "one")


def model(*nodes: onnx.NodeProto, **changes: Any) -> onnx.ModelProto:
    graph = helper.make_graph(
        nodes or [helper.make_node("Add", ["input", "one"], ["output"])],
        "g",
        [FLOATS],
        [changes.get("out", OUT)],
        [ONE],
    )
    return helper.make_model(graph, opset_imports=changes.get("opsets", OPSETS), ir_version=10)


@pytest.fixture
def inspect(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[onnx.ModelProto | bytes], Any]:
    def start(content: onnx.ModelProto | bytes) -> Any:
        path = tmp_path / "model.onnx"
        path.write_bytes(content if isinstance(content, bytes) else content.SerializeToString())
        status = onnx_model.main([str(path)])
        answer = json.loads(capsys.readouterr().out)
        assert status == (65 if answer["code"] else 0)
        return answer

    return start


def test_a_sound_model_says_what_it_takes(inspect: Callable[..., Any]) -> None:
    answer = inspect(model())
    assert (answer["code"], answer["format"]) == ("", "onnx")
    assert answer["details"]["inputs"] == [{"name": "input", "datatype": "FP32", "shape": [-1, 3]}]
    assert answer["details"]["outputs"] == [{"name": "output", "datatype": "FP32", "shape": [-1, 3]}]
    assert answer["details"]["opset"] == {"ai.onnx": 18, "ai.onnx.ml": 3}
    assert answer["details"]["operators"] == {"Add": 1}


def external() -> onnx.ModelProto:
    made = model()
    made.graph.initializer[0].ClearField("raw_data")
    made.graph.initializer[0].data_location = TensorProto.EXTERNAL
    made.graph.initializer[0].external_data.add(key="location", value="/etc/passwd")
    return made


def external_inside() -> onnx.ModelProto:
    """The same, hidden in a branch of an If."""
    inner = helper.make_graph(
        [helper.make_node("Identity", ["hidden"], ["inner"])], "b", [], [helper.make_empty_tensor_value_info("inner")]
    )
    inner.initializer.append(external().graph.initializer[0])
    inner.initializer[0].name = "hidden"
    yes = numpy_helper.from_array(np.array(True))
    return model(
        helper.make_node("Constant", [], ["yes"], value=yes),
        helper.make_node("If", ["yes"], ["output"], then_branch=inner, else_branch=inner),
    )


def with_function() -> onnx.ModelProto:
    made = model()
    body = [helper.make_node("Identity", ["x"], ["y"])]
    made.functions.append(helper.make_function("", "Mine", ["x"], ["y"], body, [helper.make_opsetid("", 18)]))
    return made


CUSTOM = helper.make_node("Evil", ["input"], ["output"], domain="com.example")
SEQUENCE = helper.make_tensor_sequence_value_info("output", TensorProto.FLOAT, [None, 3])


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("model.unreadable", b""),
        ("model.unreadable", b"\x80\x04K\x01."),
        ("model.unreadable", b"not a model at all"),
        ("model.unreadable", model().SerializeToString()[:-20]),
        ("model.external_data", external()),
        ("model.external_data", external_inside()),
        ("model.unknown_operator", model(CUSTOM, opsets=[*OPSETS, helper.make_opsetid("com.example", 1)])),
        ("model.unknown_operator", model(opsets=[*OPSETS, helper.make_opsetid("com.microsoft", 1)])),
        ("model.unknown_operator", model(helper.make_node("Frobnicate", ["input"], ["output"]))),
        ("model.unknown_operator", with_function()),
        ("model.format_refused", model(helper.make_node("Add", ["input", "nothing"], ["output"]))),
        ("model.format_refused", model(helper.make_node("SequenceConstruct", ["input"], ["output"]), out=SEQUENCE)),
        ("model.format_refused", model(helper.make_node("Cast", ["input"], ["output"], to=TensorProto.STRING))),
    ],
)
def test_what_is_not_fit_is_refused(inspect: Callable[..., Any], code: str, content: onnx.ModelProto | bytes) -> None:
    answer = inspect(content)
    assert answer["code"] == code, answer
    assert answer["sentence"]
