"""What a model says of itself (model.json): written by a user's program, so it is believed only where it is checked."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from faur.kernel.errors import Refusal
from faur.kernel.record import canonical
from faur.kernel.units import MIB

Json = dict[str, Any]  # Any: JSON
LARGEST = MIB
"""Bytes; the signature is kept in a row and shown on a page."""
SCHEMA = Path(__file__).with_name("signature.schema.json")


class SignatureFault(Exception):  # noqa: N818 - it says what is wrong with a file, in a sentence for its page
    """The description is none, or not of this model; its text says why."""


def read_signature(content: bytes) -> Json:
    """The description in `content`.

    Raises:
        SignatureFault: it is no JSON that every database and format can carry, or lacks what the registry needs.
    """
    try:
        described = json.loads(content)
        canonical(described)
    except (ValueError, RecursionError, Refusal):
        raise SignatureFault(_("model.json cannot be read as JSON.")) from None
    if fault := next(iter(_schema().iter_errors(described)), None):
        raise SignatureFault(
            _("model.json does not say what the registry needs: %(what)s") % {"what": fault.message[:300]}
        )
    if not isinstance(described, dict):
        raise SignatureFault(_("model.json cannot be read as JSON."))
    return described


def check_signature(described: Json, *, weights: str, found: Mapping[str, Any]) -> None:  # Any: JSON of the inspector
    """Hold what the model says of itself against its bytes: `weights` is their digest, `found` the inspector's.

    Raises:
        SignatureFault: it describes other bytes, or other tensors than there are.
    """
    if described.get("sha256", weights.removeprefix("sha256:")) != weights.removeprefix("sha256:"):
        raise SignatureFault(_("model.json describes another file than the model.onnx beside it."))
    for side in ("inputs", "outputs"):
        told = {(one["name"], one["datatype"]) for one in described[side]}
        if side in found and told != {(one["name"], one["datatype"]) for one in found[side]}:
            raise SignatureFault(_("model.json names other %(side)s than the model has.") % {"side": side})
    tensors = {one["name"] for one in described["inputs"]}
    if any(feature["input"] not in tensors for feature in described.get("features", [])):
        raise SignatureFault(_("model.json has a feature that belongs to none of its inputs."))


@cache
def _schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
