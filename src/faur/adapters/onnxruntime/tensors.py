"""Tensors as the Open Inference Protocol v2 writes them in JSON, and as ONNX Runtime takes them.

Source: https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol, "Inference".
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from math import prod
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[Any]]  # Any: each tensor has its own type
Json: TypeAlias = Any  # Any: whatever a client sent

MOST_ROWS = 10_000

_TYPES: dict[str, tuple[type[np.generic], frozenset[type]]] = {
    "FP32": (np.float32, frozenset({int, float})),
    "FP64": (np.float64, frozenset({int, float})),
    "INT32": (np.int32, frozenset({int})),
    "INT64": (np.int64, frozenset({int})),
    "BOOL": (np.bool_, frozenset({bool})),
    "BYTES": (np.object_, frozenset({str})),
}
DATATYPES = {
    "tensor(float)": "FP32",
    "tensor(double)": "FP64",
    "tensor(int32)": "INT32",
    "tensor(int64)": "INT64",
    "tensor(bool)": "BOOL",
    "tensor(string)": "BYTES",
}


class InferenceRefused(Exception):  # noqa: N818 - a refusal is an answer, not a failure of the program
    """The request cannot be answered: a stable code, a sentence, and the status of HTTP."""

    def __init__(self, code: str, sentence: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.status = status


@dataclass(frozen=True, slots=True)
class TensorForm:
    """The name, datatype and shape of an input or output; -1 stands for any size."""

    name: str
    datatype: str
    shape: tuple[int, ...]

    def as_json(self) -> dict[str, Json]:
        return {"name": self.name, "datatype": self.datatype, "shape": list(self.shape)}


@dataclass(frozen=True, slots=True)
class Question:
    """A request that can be answered: its inputs as arrays, and the outputs that it wants."""

    id: str
    feeds: Mapping[str, Array]
    wanted: Sequence[str]


def read_question(body: bytes, inputs: Sequence[TensorForm], outputs: Sequence[TensorForm]) -> Question:
    """The request in `body`, for a model of these `inputs` and `outputs`.

    Raises:
        InferenceRefused: `inference.unreadable`, `.unknown_input`, `.missing_input`, `.unknown_output`, `.datatype`,
            `.shape`, `.data`, `.not_finite` or `.too_many_rows`.
    """
    document = _document(body)
    given = _named(document["inputs"], "input")
    forms = {form.name: form for form in inputs}
    if unknown := sorted(set(given) - set(forms)):
        known = ", ".join(forms)
        raise InferenceRefused("inference.unknown_input", f"There is no input '{unknown[0]}'; there are: {known}.")
    if missing := sorted(set(forms) - set(given)):
        raise InferenceRefused("inference.missing_input", f"The input '{missing[0]}' is missing.")
    feeds = {name: _array(given[name], form) for name, form in forms.items()}
    if len({len(array) for array in feeds.values()}) > 1:
        raise InferenceRefused("inference.shape", "The inputs have different numbers of rows.")
    return Question(str(document.get("id", "")), feeds, _wanted(document, outputs))


def write_answer(model: str, question: Question, arrays: Sequence[Array], forms: Mapping[str, TensorForm]) -> bytes:
    """The answer in JSON, its data flat and in row-major order.

    Raises:
        InferenceRefused: `inference.answer_not_finite`: the model answered what JSON has no number for.
    """
    outputs = []
    for name, array in zip(question.wanted, arrays, strict=True):
        if np.issubdtype(array.dtype, np.floating) and not np.isfinite(array).all():
            raise InferenceRefused(
                "inference.answer_not_finite",
                f"The model's answer '{name}' is not a finite number for these rows.",
                HTTPStatus.UNPROCESSABLE_ENTITY,
            )
        datatype = forms[name].datatype
        outputs.append({"name": name, "datatype": datatype, "shape": list(array.shape), "data": array.ravel().tolist()})
    answer = {"model_name": model, "outputs": outputs} | ({"id": question.id} if question.id else {})
    return json.dumps(answer, allow_nan=False).encode()


def _document(body: bytes) -> dict[str, Json]:
    try:
        document = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise InferenceRefused("inference.unreadable", f"The body is not JSON: {error}.") from None
    if not isinstance(document, dict) or not isinstance(document.get("inputs"), list):
        raise InferenceRefused("inference.unreadable", "The body must be an object with the list 'inputs'.")
    return document


def _no_constant(name: str) -> None:
    raise InferenceRefused("inference.not_finite", f"{name} is not a number that can be sent.")


def _named(entries: Json, what: str) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for entry in entries if isinstance(entries, list) else [entries]:
        name = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(name, str) or name in found:
            raise InferenceRefused("inference.unreadable", f"Each {what} must be an object with a name of its own.")
        found[name] = entry
    return found


def _wanted(document: dict[str, Json], outputs: Sequence[TensorForm]) -> list[str]:
    every = [form.name for form in outputs]
    wanted = list(_named(document["outputs"], "output")) if document.get("outputs") else every
    if unknown := sorted(set(wanted) - set(every)):
        known = ", ".join(every)
        raise InferenceRefused("inference.unknown_output", f"There is no output '{unknown[0]}'; there are: {known}.")
    return wanted


def _array(entry: dict[str, Json], form: TensorForm) -> Array:
    if entry.get("datatype") != form.datatype:
        asked = entry.get("datatype")
        raise InferenceRefused("inference.datatype", f"The input '{form.name}' is {form.datatype}, not {asked}.")
    shape = _shape(entry.get("shape"), form)
    kind, allowed = _TYPES[form.datatype]
    values = _flat(entry.get("data"), shape, form.name)
    if odd := set(map(type, values)) - allowed:
        names = ", ".join(sorted(kind.__name__ for kind in odd))
        raise InferenceRefused(
            "inference.data", f"The data of '{form.name}' ({form.datatype}) holds values of: {names}."
        )
    try:
        with np.errstate(over="ignore"):
            array = np.array(values, dtype=kind).reshape(shape)
    except OverflowError:
        raise InferenceRefused(
            "inference.data", f"A value of '{form.name}' does not fit into {form.datatype}."
        ) from None
    if np.issubdtype(kind, np.floating) and not np.isfinite(array).all():
        raise InferenceRefused("inference.not_finite", f"A value of '{form.name}' is not finite in {form.datatype}.")
    return array


def _shape(given: Json, form: TensorForm) -> tuple[int, ...]:
    fits = (
        isinstance(given, list)
        and len(given) == len(form.shape)
        and all(type(size) is int and size >= 0 for size in given)
        and all(wanted in (-1, size) for size, wanted in zip(given, form.shape, strict=True))
    )
    if not fits:
        raise InferenceRefused("inference.shape", f"The shape of '{form.name}' must be like {list(form.shape)}.")
    rows = given[0] if given else 1
    if not 1 <= rows <= MOST_ROWS:
        raise InferenceRefused(
            "inference.too_many_rows", f"'{form.name}' has {rows} rows; 1 to {MOST_ROWS} can be sent."
        )
    return tuple(given)


def _flat(data: Json, shape: tuple[int, ...], name: str) -> list[Json]:
    """The values of `data`, which is flat already or nested as `shape` says."""
    if not isinstance(data, list):
        raise InferenceRefused("inference.data", f"The data of '{name}' must be a list.")
    if len(shape) > 1 and data and all(isinstance(row, list) for row in data):
        if len(data) != shape[0]:
            raise InferenceRefused("inference.shape", f"The data of '{name}' has {len(data)} rows, not {shape[0]}.")
        return [value for row in data for value in _flat(row, shape[1:], name)]
    if len(data) != prod(shape):
        sentence = f"The data of '{name}' has {len(data)} values; the shape {list(shape)} needs {prod(shape)}."
        raise InferenceRefused("inference.shape", sentence)
    return data
