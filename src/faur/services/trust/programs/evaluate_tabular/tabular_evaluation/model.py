"""The model under evaluation: its signature, its rows, its answers. An ONNX graph runs, and no code of its maker."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import onnxruntime
import pyarrow as pa
import pyarrow.compute as pc

from .answers import Answers, Kind
from .job import Refused
from .table import Numbers, as_numbers, as_texts, require_column

FORMAT = "faur.tabular-model/1"
ROWS_AT_ONCE = 4096
LARGEST = float(np.finfo(np.float32).max)

Feeds: TypeAlias = Mapping[str, np.ndarray[tuple[int, ...], np.dtype[Any]]]  # Any: float32, or texts as objects


@dataclass(frozen=True)
class Model:
    """An ONNX model that can be run, what it says of itself, and the digest of its bytes."""

    signature: Mapping[str, Any]  # Any: JSON
    session: onnxruntime.InferenceSession
    sha256: str

    @property
    def kind(self) -> Kind:
        if "classes" not in self.signature:
            return "number"
        return "two classes" if "positive_class" in self.signature else "several classes"

    @property
    def target(self) -> str:
        return str(self.signature["target"]["name"])


def load_model(folder: Path) -> Model:
    """The model in `folder`: `model.json`, and the ONNX file that it names.

    Raises:
        Refused: `model.unreadable`, `model.format_refused` or `model.digest_differs`.
    """
    signature = _signature(folder / "model.json")
    try:
        content = (folder / Path(signature["file"]).name).read_bytes()
    except OSError as error:
        raise Refused("model.unreadable", f"The model's file cannot be read: {error.strerror}.") from None
    digest = hashlib.sha256(content).hexdigest()
    if digest != signature["sha256"]:
        raise Refused("model.digest_differs", f"model.json speaks of a file with another SHA-256 than {digest[:12]}….")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors share no base of their own
        raise Refused("model.unreadable", f"ONNX Runtime cannot load the model: {str(error)[:300]}") from None
    return Model(signature, session, digest)


def read_feeds(model: Model, table: pa.Table) -> Feeds:
    """The rows of `table` as the graph takes them.

    Raises:
        Refused: `data.column_missing`, `data.column_type` or `data.not_finite`.
    """
    columns: dict[str, list[np.ndarray[tuple[int, ...], np.dtype[Any]]]] = {}  # Any: as in Feeds
    for feature in model.signature["features"]:
        require_column(table, feature["name"])
        number = feature["kind"] == "number"
        values = _numbers(feature["name"], table) if number else _texts(feature["name"], table)
        columns.setdefault(feature["input"], []).append(values)
    return {name: np.column_stack(parts) for name, parts in columns.items()}


def read_truth(model: Model, table: pa.Table) -> Numbers:
    """The target of each row: the code of its class, or its number.

    Raises:
        Refused: `data.column_missing`, `data.column_type`, `data.not_finite`, `data.unknown_class` or
            `data.single_class`.
    """
    require_column(table, model.target)
    column = table[model.target]
    if column.null_count:
        sentence = f"The target '{model.target}' is missing in {column.null_count} of {len(column)} rows."
        raise Refused("data.not_finite", sentence, "Remove these rows.")
    if model.kind == "number":
        return _finite_target(model.target, as_numbers(column), column)
    classes = [str(label) for label in model.signature["classes"]]
    codes = pc.index_in(_label_texts(column), value_set=pa.array(classes))
    if codes.null_count:
        sentence = f"The target '{model.target}' holds {codes.null_count} rows of a class that the model does not know."
        raise Refused("data.unknown_class", sentence, f"It knows: {', '.join(classes[:10])}.")
    found = codes.to_numpy()
    if len(np.unique(found)) == 1:
        sentence = f"All {len(found)} rows are of the class '{classes[found[0]]}': nothing can be told apart."
        raise Refused("data.single_class", sentence, "Test on rows of every class.")
    return np.asarray(found)


def answer(model: Model, feeds: Feeds, truth: Numbers) -> Answers:
    """What the model says about `feeds`. Raises Refused `model.not_finite` where that is no number."""
    output = "prediction" if model.kind == "number" else "probabilities"
    parts = []
    for start in range(0, len(truth), ROWS_AT_ONCE):
        part = {name: rows[start : start + ROWS_AT_ONCE] for name, rows in feeds.items()}
        parts.append(model.session.run([output], part)[0])
    said = np.concatenate(parts).astype(np.float64)
    if broken := int((~np.isfinite(said)).any(axis=1).sum()):
        raise Refused("model.not_finite", f"The model's answer to {broken} of {len(truth)} rows is not a number.")
    if model.kind == "number":
        return Answers("number", truth, said[:, 0])
    if model.kind == "several classes":
        return Answers("several classes", truth, said)
    positive = model.signature["classes"].index(model.signature["positive_class"])
    return Answers("two classes", truth, said, positive, float(np.float32(model.signature["threshold"])))


def _signature(path: Path) -> Mapping[str, Any]:  # Any: JSON
    try:
        signature = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise Refused("model.unreadable", f"{path.name} cannot be read as JSON: {error}.") from None
    if not isinstance(signature, dict) or signature.get("format") != FORMAT:
        raise Refused("model.format_refused", f"{path.name} is not in the format {FORMAT}.")
    return signature


def _numbers(name: str, table: pa.Table) -> Numbers:
    values = as_numbers(table[name])
    if values is None:
        raise _wrong_type(name, table, "numbers")
    if beyond := int((np.abs(values) > LARGEST).sum()):
        raise Refused("data.not_finite", f"The column '{name}' holds {beyond} values beyond what a float32 can hold.")
    return values.astype(np.float32)


def _texts(name: str, table: pa.Table) -> np.ndarray[tuple[int, ...], np.dtype[np.object_]]:
    texts = as_texts(table[name])
    if texts is None:
        raise _wrong_type(name, table, "texts")
    return np.array(pc.fill_null(texts, "").to_pylist(), dtype=object)


def _wrong_type(name: str, table: pa.Table, wanted: str) -> Refused:
    kind = table[name].type
    return Refused("data.column_type", f"The column '{name}' is of type {kind}; the model takes {wanted} there.")


def _label_texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    numbers = as_numbers(column)
    if numbers is None or pa.types.is_boolean(column.type):
        return column.cast(pa.string())
    whole = np.nan_to_num(numbers, nan=0.5)
    return pa.chunked_array([pa.array([f"{value:.0f}" if value == round(value) else repr(value) for value in whole])])


def _finite_target(name: str, numbers: Numbers | None, column: pa.ChunkedArray) -> Numbers:
    if numbers is None:
        raise Refused("data.column_type", f"The target '{name}' is of type {column.type}; the model answers numbers.")
    if broken := int((~np.isfinite(numbers)).sum()):
        raise Refused("data.not_finite", f"The target '{name}' is not a number in {broken} of {len(numbers)} rows.")
    return numbers
