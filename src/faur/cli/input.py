"""What people hand to a command: files in YAML or JSON, `name=value` pairs, and things by their short names."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from faur.cli.client import Api, Json, Refused


def read_document(path: Path) -> Json:
    """A mapping from a YAML or JSON file.

    Raises:
        Refused: the file cannot be read, or is something else.
    """
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Refused({"title": f"{path} cannot be read.", "hint": str(error), "code": "file.unreadable"}) from error
    if not isinstance(document, dict):
        raise Refused({"title": f"{path} must hold a mapping of fields.", "code": "file.unreadable"})
    return document


def pairs(texts: Sequence[str]) -> Json:
    """`["seed=7", "family=auto"]` as `{"seed": 7, "family": "auto"}`: a value that is JSON is taken as JSON."""
    return dict(_pair(text) for text in texts)


def _pair(text: str) -> tuple[str, Any]:  # Any: a JSON value
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise Refused({"title": f"“{text}” is not of the form name=value.", "code": "argument.not_a_pair"})
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def the_only(api: Api, path: str, given: str, **query: object) -> str:
    """The uid that was given, or the only one there is where none was.

    Raises:
        Refused: there is none, or there are several and a person must choose.
    """
    if given:
        return given
    items = list(api.all(path, **query))
    kind = path.strip("/").split("/")[-1]
    if len(items) == 1:
        return str(items[0]["id"])
    names = ", ".join(f"{one['id']} ({one.get('title') or one.get('name')})" for one in items[:10])
    title = f"There are several {kind}: say which." if items else f"There are no {kind} yet."
    raise Refused({"title": title, "hint": names, "code": "argument.ambiguous" if items else "argument.missing"})
