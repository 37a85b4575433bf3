"""The try-it form of an endpoint: the model's features as fields, and the endpoint's own answer to them."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext as _

from faur.kernel.config import config
from faur.kernel.errors import Unavailable
from faur.services.serving.errors import RowRefused
from faur.services.serving.models import Endpoint

Json = dict[str, Any]  # Any: JSON
WAIT_SECONDS = 20.0
ROW_REFUSED = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - what is listened to, turned into what can be asked


@dataclass(frozen=True, slots=True)
class Answered:
    """What the endpoint said to one row: the label or the value, and the probability of each class."""

    label: str
    probabilities: tuple[tuple[str, float], ...]
    digest: str


def features_of(endpoint: Endpoint) -> list[Json]:
    """The features of the model, in its order."""
    return list(endpoint.model_version.signature.get("features", []))


def schema_of(endpoint: Endpoint) -> Json:
    """The features as a JSON Schema for a form; each number stands in the middle of what training saw."""
    features = features_of(endpoint)
    return {
        "type": "object",
        "required": [f"f{number}" for number, feature in enumerate(features) if feature["kind"] == "number"],
        "properties": {f"f{number}": _rule(feature) for number, feature in enumerate(features)},
    }


def request_of(endpoint: Endpoint, values: Json) -> Json:
    """One row as a request of the Open Inference Protocol; `values` by the form's names."""
    columns: dict[str, list[tuple[int, Any]]] = {}  # Any: a number or a text
    types = {one["name"]: one["datatype"] for one in endpoint.model_version.signature.get("inputs", [])}
    for number, feature in enumerate(features_of(endpoint)):
        value = values.get(f"f{number}", 0.0 if feature["kind"] == "number" else "")
        columns.setdefault(feature["input"], []).append((feature["index"], value))
    inputs = []
    for name, cells in columns.items():
        row = [value for _index, value in sorted(cells, key=lambda cell: cell[0])]
        inputs.append({"name": name, "shape": [1, len(row)], "datatype": types[name], "data": row})
    return {"inputs": inputs}


def answer_of(endpoint: Endpoint, secret: str, values: Json) -> Answered:
    """What the endpoint answers through the gateway of this very process.

    Raises:
        RowRefused: the engine says what is wrong with the row.
        Unavailable: it does not answer now.
    """
    import httpx  # the portal itself asks nobody; only this page does

    address = f"http://{EVERYWHERE.get(config().host, config().host)}:{config().port}/v2/models/{endpoint.name}/infer"
    headers = {"Authorization": f"Bearer {secret}"}
    try:
        answer = httpx.post(address, json=request_of(endpoint, values), headers=headers, timeout=WAIT_SECONDS)
        document = answer.json()
    except (httpx.HTTPError, ValueError):
        raise Unavailable(_("The endpoint does not answer now."), hint=_("Try again in a few seconds.")) from None
    if answer.status_code in ROW_REFUSED:
        raise RowRefused(str(document.get("error", "")))
    if answer.is_error:
        raise Unavailable(str(document.get("title") or document.get("error")), hint=str(document.get("hint", "")))
    return _read(endpoint, document, answer.headers.get("Faur-Model-Digest", ""))


def _read(endpoint: Endpoint, document: Json, digest: str) -> Answered:
    outputs = {output["name"]: output["data"] for output in document.get("outputs", [])}
    label = outputs.get("label") or outputs.get("prediction") or [""]
    classes = [str(one) for one in endpoint.model_version.signature.get("classes", [])]
    return Answered(str(label[0]), tuple(zip(classes, outputs.get("probabilities", []), strict=False)), digest)


def _rule(feature: Json) -> Json:
    if feature["kind"] != "number":
        return {"type": "string", "title": feature["name"], "enum": ["", *feature.get("categories", [])]}
    rule: Json = {"type": "number", "title": feature["name"]}
    if "minimum" in feature and "maximum" in feature:
        low, high = feature["minimum"], feature["maximum"]
        middle = float(f"{(low + high) / 2:.4g}")
        rule["default"] = int(middle) if middle.is_integer() else middle
        rule["description"] = _("Training saw %(low)s to %(high)s.") % {"low": f"{low:.4g}", "high": f"{high:.4g}"}
    return rule
