"""Whether an ONNX file is fit to be loaded: whole, self-contained, of standard operators only, and what it takes."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import onnx
import onnxruntime
from google.protobuf.message import DecodeError
from onnx import AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto, ValueInfoProto

Json: TypeAlias = dict[str, Any]  # Any: whatever JSON can hold

MOST_BYTES = 2**31 - 1  # protobuf holds no more in one message
DOMAINS = frozenset({"", "ai.onnx", "ai.onnx.ml"})
REFUSED = 65

_DATATYPES: dict[int, str] = {
    TensorProto.FLOAT: "FP32",
    TensorProto.DOUBLE: "FP64",
    TensorProto.FLOAT16: "FP16",
    TensorProto.BFLOAT16: "BF16",
    TensorProto.INT8: "INT8",
    TensorProto.INT16: "INT16",
    TensorProto.INT32: "INT32",
    TensorProto.INT64: "INT64",
    TensorProto.UINT8: "UINT8",
    TensorProto.UINT16: "UINT16",
    TensorProto.UINT32: "UINT32",
    TensorProto.UINT64: "UINT64",
    TensorProto.BOOL: "BOOL",
    TensorProto.STRING: "BYTES",
}


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a failure of the program
    """The file is not fit: a stable code, and a sentence that says where and why."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def inspect(path: Path) -> Json:
    """What the model in `path` takes and answers, its operator sets and size.

    Raises:
        Refused: `model.unreadable`, `model.format_refused`, `model.external_data`, `model.unknown_operator`.
    """
    content = _content(path)
    model = _parsed(content)
    _refuse_foreign(model)
    _refuse_external(model.graph)
    _refuse_unsound(model)
    inputs = [entry for entry in model.graph.input if entry.name not in {i.name for i in model.graph.initializer}]
    details = {
        "bytes": len(content),
        "ir_version": model.ir_version,
        "producer": f"{model.producer_name} {model.producer_version}".strip(),
        "opset": {entry.domain or "ai.onnx": entry.version for entry in model.opset_import},
        "inputs": [_tensor(entry) for entry in inputs],
        "outputs": [_tensor(entry) for entry in model.graph.output],
        "operators": dict(sorted(Counter(node.op_type for node in nodes(model.graph)).items())),
    }
    _refuse_unloadable(content)
    return {"format": "onnx", "details": details}


def nodes(graph: GraphProto) -> Iterator[NodeProto]:
    """Every node of `graph` and of the graphs inside its nodes."""
    for node in graph.node:
        yield node
        for attribute in node.attribute:
            for inner in _graphs(attribute):
                yield from nodes(inner)


def tensors(graph: GraphProto) -> Iterator[TensorProto]:
    """Every constant of `graph` and of the graphs inside its nodes."""
    yield from graph.initializer
    for sparse in graph.sparse_initializer:
        yield from (sparse.values, sparse.indices)
    for node in graph.node:
        for attribute in node.attribute:
            yield from (attribute.t, *attribute.tensors)
            for sparse in (attribute.sparse_tensor, *attribute.sparse_tensors):
                yield from (sparse.values, sparse.indices)
            for inner in _graphs(attribute):
                yield from tensors(inner)


def _graphs(attribute: AttributeProto) -> Sequence[GraphProto]:
    return [*([attribute.g] if attribute.HasField("g") else []), *attribute.graphs]


def _content(path: Path) -> bytes:
    size = path.stat().st_size
    if not 0 < size <= MOST_BYTES:
        raise Refused("model.unreadable", f"{path.name} has {size} bytes; an ONNX file has 1 to {MOST_BYTES}.")
    return path.read_bytes()


def _parsed(content: bytes) -> ModelProto:
    try:
        model = onnx.load_model_from_string(content)
    except (DecodeError, ValueError) as error:
        raise Refused("model.unreadable", f"The file is no ONNX model: {error}.") from None
    if not model.ir_version or not model.graph.node or not model.graph.output:
        raise Refused("model.unreadable", "The file is no ONNX model, or one without a graph.")
    return model


def _refuse_foreign(model: ModelProto) -> None:
    """Only operators of the standard: a custom one is code that comes from elsewhere."""
    declared = {entry.domain for entry in model.opset_import} - DOMAINS
    used = {node.domain for node in nodes(model.graph)} - DOMAINS
    if foreign := sorted(declared | used):
        raise Refused("model.unknown_operator", f"The model uses operators of '{foreign[0]}', which are not standard.")
    if model.functions:
        name = model.functions[0].name
        raise Refused(
            "model.unknown_operator", f"The model brings a function of its own, '{name}', which is not taken."
        )


def _refuse_external(graph: GraphProto) -> None:
    for tensor in tensors(graph):
        if tensor.data_location == TensorProto.EXTERNAL or tensor.external_data:
            raise Refused(
                "model.external_data",
                f"The constant '{tensor.name}' lies in another file; a model must be one file.",
            )


def _refuse_unsound(model: ModelProto) -> None:
    try:
        onnx.checker.check_model(model)
    except onnx.checker.ValidationError as error:
        reason = _first_line(error)
        code = "model.unknown_operator" if "No Op registered" in str(error) else "model.format_refused"
        raise Refused(code, f"The model breaks the rules of ONNX: {reason}") from None


def _tensor(entry: ValueInfoProto) -> Json:
    kind = entry.type.tensor_type
    if not entry.type.HasField("tensor_type") or kind.elem_type not in _DATATYPES:
        hint = "convert it without ZipMap" if entry.type.HasField("sequence_type") else "only plain tensors are served"
        raise Refused("model.format_refused", f"'{entry.name}' is no plain tensor: {hint}.")
    shape = [size.dim_value if size.HasField("dim_value") else -1 for size in kind.shape.dim]
    return {"name": entry.name, "datatype": _DATATYPES[kind.elem_type], "shape": shape}


def _refuse_unloadable(content: bytes) -> None:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors share no base of their own
        known = "NOT_IMPLEMENTED" not in str(error) and "is not a registered function" not in str(error)
        code = "model.format_refused" if known else "model.unknown_operator"
        raise Refused(code, f"ONNX Runtime cannot load the model: {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0][:300]


def main(arguments: list[str]) -> int:
    """Print what the model named in `arguments` is, or why it is refused; the exit status."""
    try:
        answer = {"code": "", "sentence": ""} | inspect(Path(arguments[0]))
    except Refused as refusal:
        answer = {"code": refusal.code, "sentence": refusal.sentence}
    sys.stdout.write(json.dumps(answer, allow_nan=False) + "\n")
    return REFUSED if answer["code"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
