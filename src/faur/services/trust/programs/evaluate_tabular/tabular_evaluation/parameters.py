"""The program's parameters, checked against the recipe's own description of them."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from .job import Refused

Values: TypeAlias = Mapping[str, Any]  # Any: what JSON can hold
Rule: TypeAlias = Mapping[str, Any]  # Any: a JSON Schema

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


def read_parameters(path: Path, recipe: Path) -> Values:
    """The values in the JSON file `path`, with the defaults of the `recipe` file where they are absent.

    Raises:
        Refused: `parameter.unreadable`, `parameter.unknown`, `parameter.missing`, `parameter.type` or
            `parameter.out_of_range`, about the first parameter that is wrong.
    """
    schema = tomllib.loads(recipe.read_text(encoding="utf-8"))["parameters"]
    try:
        given = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise Refused("parameter.unreadable", f"{path.name} cannot be read as JSON: {error}.") from None
    if not isinstance(given, dict):
        raise Refused("parameter.unreadable", f"{path.name} must hold one JSON object.")
    _check_object("", given, schema)
    defaults = {name: rule["default"] for name, rule in schema["properties"].items() if "default" in rule}
    return defaults | given


def _check_object(name: str, given: Values, rule: Rule) -> None:
    within, known = f"{name}." if name else "", rule["properties"]
    for key, value in given.items():
        if key not in known:
            raise Refused("parameter.unknown", f"There is no parameter '{within}{key}'.", f"Known: {', '.join(known)}.")
        _check(within + key, value, known[key])
    for key in rule.get("required", []):
        if key not in given:
            raise Refused("parameter.missing", f"The parameter '{within}{key}' is missing.")


def _check(name: str, value: object, rule: Rule) -> None:
    allowed = _TYPES[rule["type"]]
    if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
        raise Refused("parameter.type", f"The parameter '{name}' must be of type {rule['type']}.")
    if isinstance(value, dict):
        _check_object(name, value, rule)
    elif isinstance(value, list):
        _check_items(name, value, rule)
    elif problem := _problem(value, rule):
        raise Refused("parameter.out_of_range", f"The parameter '{name}' {problem}.")


def _problem(value: object, rule: Rule) -> str:
    if "enum" in rule and value not in rule["enum"]:
        return f"must be one of: {', '.join(map(str, rule['enum']))}"
    if isinstance(value, str) and len(value) < rule.get("minLength", 0):
        return "must not be empty"
    if isinstance(value, int | float):
        low, high = rule.get("minimum", float("-inf")), rule.get("maximum", float("inf"))
        if not low <= value <= high:  # NaN is in no range
            return f"is {value}; it must be from {low} to {high}"
    return ""


def _check_items(name: str, items: list[object], rule: Rule) -> None:
    for place, item in enumerate(items):
        _check(f"{name}[{place}]", item, rule["items"])
    if not rule.get("minItems", 0) <= len(items) <= rule.get("maxItems", len(items)):
        raise Refused("parameter.out_of_range", f"The parameter '{name}' has {len(items)} entries.")
    if rule.get("uniqueItems") and any(item in items[:place] for place, item in enumerate(items)):
        raise Refused("parameter.out_of_range", f"The parameter '{name}' names something twice.")
