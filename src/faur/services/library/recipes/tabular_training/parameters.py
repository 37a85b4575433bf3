"""The program's parameters, checked against the recipe's own description of them."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tabular_training.job import Refused

Values = Mapping[str, Any]  # Any: what JSON can hold

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
}


def read_parameters(path: Path, recipe: Path) -> Values:
    """The values in the JSON file `path`, with the defaults of the `recipe` file where they are absent.

    Raises:
        Refused: `parameter.unreadable`, `parameter.unknown`, `parameter.missing`, `parameter.type` or
            `parameter.out_of_range`, about the first parameter that is wrong.
    """
    schema = tomllib.loads(recipe.read_text(encoding="utf-8"))["parameters"]
    given = _read(path)
    known = schema["properties"]
    for name, value in given.items():
        if name not in known:
            raise Refused("parameter.unknown", f"There is no parameter '{name}'.", f"Known are: {', '.join(known)}.")
        _check(name, value, known[name])
    for name in schema.get("required", []):
        if name not in given:
            raise Refused("parameter.missing", f"The parameter '{name}' is missing.")
    return {name: rule["default"] for name, rule in known.items() if "default" in rule} | dict(given)


def _read(path: Path) -> Values:
    try:
        given = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise Refused("parameter.unreadable", f"{path.name} cannot be read as JSON: {error}.") from None
    if not isinstance(given, dict):
        raise Refused("parameter.unreadable", f"{path.name} must hold one JSON object.")
    return given


def _check(name: str, value: object, rule: Mapping[str, Any]) -> None:  # Any: a JSON Schema
    allowed = _TYPES[rule["type"]]
    if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
        raise Refused("parameter.type", f"The parameter '{name}' must be of type {rule['type']}.")
    if "enum" in rule and value not in rule["enum"]:
        choices = ", ".join(map(str, rule["enum"]))
        raise Refused("parameter.out_of_range", f"The parameter '{name}' must be one of: {choices}.")
    if isinstance(value, list):
        _check_items(name, value, rule)
    elif isinstance(value, str):
        if len(value) < rule.get("minLength", 0):
            raise Refused("parameter.out_of_range", f"The parameter '{name}' must not be empty.")
    elif isinstance(value, int | float) and not rule.get("minimum", value) <= value <= rule.get("maximum", value):
        between = f"from {rule.get('minimum', 'anything')} to {rule.get('maximum', 'anything')}"
        raise Refused("parameter.out_of_range", f"The parameter '{name}' is {value}; it must be {between}.")


def _check_items(name: str, items: list[object], rule: Mapping[str, Any]) -> None:  # Any: a JSON Schema
    for item in items:
        _check(f"{name}[]", item, rule["items"])
    if len(items) < rule.get("minItems", 0):
        raise Refused("parameter.out_of_range", f"The parameter '{name}' must not be empty.")
    if rule.get("uniqueItems") and len(set(items)) < len(items):
        raise Refused("parameter.out_of_range", f"The parameter '{name}' names something twice.")
