"""A row for a model, written as `name=value`, as a request of the Open Inference Protocol v2."""

from collections.abc import Mapping
from typing import Any

from faur.cli.client import Json
from faur.cli.refusal import Misused

TEXT, TRUTH = "BYTES", "BOOL"


def request_of(signature: Mapping[str, Any], row: Mapping[str, str]) -> Json:  # Any: what model.json says
    """The request for one row, by the model's signature: a tensor for each input, a value for each feature.

    Raises:
        Misused: a feature is missing, unknown, or no number.
    """
    features = sorted(signature.get("features") or (), key=lambda one: one["index"])
    names = [feature["name"] for feature in features]
    wrong = {name: "no such feature" for name in row if name not in names}
    wrong |= {name: "missing" for name in names if name not in row}
    if wrong:
        raise _wrong(wrong)
    return {"inputs": [_tensor(form, features, row) for form in signature["inputs"]]}


def _tensor(form: Mapping[str, Any], features: list[Json], row: Mapping[str, str]) -> Json:  # Any: as above
    own = [feature["name"] for feature in features if feature["input"] == form["name"]]
    data = [_value(name, row[name], form["datatype"]) for name in own]
    shape = [1, len(data)] if len(form["shape"]) > 1 else [len(data)]
    return {"name": form["name"], "datatype": form["datatype"], "shape": shape, "data": data}


def _value(name: str, text: str, datatype: str) -> object:
    if datatype == TEXT:
        return text
    if datatype == TRUTH and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    try:
        return float(text) if datatype.startswith("FP") else int(text)
    except ValueError as error:
        raise _wrong({name: f"“{text}” is no number"}) from error


def _wrong(fields: Mapping[str, str]) -> Misused:
    title = "The row does not fit the model."
    return Misused(
        {**Misused.because("argument.row", title, "As --row name=value for each.").document, "fields": fields}
    )
