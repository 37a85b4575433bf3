"""What people hand to a command: files in YAML or JSON, `name=value` pairs, things by their names, and secrets."""

import getpass
import json
import math
import os
import re
import sys
from collections.abc import Collection, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from faur.cli.client import Api, Json
from faur.cli.refusal import Misused, Refused

LARGEST_DOCUMENT = 16 << 20
SHOWN = 10
SIZES = {"": 1, "b": 1, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30, "tib": 1 << 40}
SPANS = {"": 1, "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}
MEASURE = re.compile(r"(\d+(?:\.\d+)?) ?([A-Za-z]*)")
CLOCK = re.compile(r"(\d+):([0-5]\d):([0-5]\d)")


def read_document(path: Path, known: Collection[str] = ()) -> Json:
    """A mapping from a YAML or JSON file; `-` is standard input. With `known`, only these fields may be in it.

    Raises:
        Refused: the file cannot be read, is something else, or has a field that nobody would look at.
    """
    try:
        from faur.cli.documents import parse  # costs time that only who reads a file should pay

        document = parse(_text_of(path))
    except (OSError, ValueError) as error:
        raise Refused.because("file.unreadable", f"{path} cannot be read.", str(error)) from error
    if not isinstance(document, dict) or not all(isinstance(name, str) for name in document):
        raise Refused.because("file.no_mapping", f"{path} must hold a mapping of fields.", "As `title: My title`.")
    if odd := sorted(document.keys() - set(known)) if known else []:
        names = ", ".join(sorted(known))
        raise Refused.because("file.unknown_field", f"{path}: nothing is called {', '.join(odd)}.", f"Known: {names}.")
    return document


def pairs(texts: Sequence[str]) -> Json:
    """`["seed=7", "family=auto"]` as `{"seed": 7, "family": "auto"}`: a value that is JSON is taken as JSON.

    Raises Misused.
    """
    return {name: _value(text) for name, text in named(texts).items()}


def named(texts: Sequence[str]) -> dict[str, str]:
    """`["train=dsv_…"]` as a mapping of texts. Raises Misused: one is no pair, or a name comes twice."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise Misused.because("argument.not_a_pair", f"“{text}” is not of the form name=value.")
        if name in found:
            raise Misused.because("argument.twice", f"{name} is given twice.")
        found[name] = value
    return found


def count_of(text: str) -> int:
    """A whole number. Raises Misused."""
    return _measured(text, {"": 1}, "a whole number")


def size_of(text: str) -> int:
    """Bytes: `4GiB`, `512 MiB`, or a plain number. Raises Misused."""
    return _measured(text, SIZES, "a size, as 4GiB")


def seconds_of(text: str | int) -> int:
    """Seconds: `90`, `30m`, `2h`, or `hours:minutes:seconds` as in PSI/J. Raises Misused."""
    if clock := CLOCK.fullmatch(str(text)):
        hours, minutes, seconds = (int(part) for part in clock.groups())
        return hours * 3600 + minutes * 60 + seconds
    return _measured(str(text), SPANS, "a time, as 30m or 01:30:00")


def the_only(api: Api, path: str, given: str, **query: object) -> str:
    """The uid that was given, or the only one there is where none was.

    Raises:
        Misused: there is none, or there are several and a person must choose.
    """
    if given:
        return given
    answer = api.get(path, size=SHOWN, **query)
    kind = path.strip("/").split("/")[-1]
    if answer["total"] == 1:
        return str(answer["items"][0]["id"])
    if answer["total"]:
        names = ", ".join(f"{one['id']} ({_title(one)})" for one in answer["items"])
        raise Misused.because("argument.ambiguous", f"There are {answer['total']} {kind}: say which.", f"{names}.")
    raise Misused.because("argument.missing", f"There are no {kind} yet that you could mean.")


def _title(thing: Json) -> str:
    return str(thing.get("title") or thing.get("name") or thing.get("unit"))


def asked(question: str, given: str) -> str:
    """What was given, or the answer of a person. Raises Misused: neither, and nobody to ask."""
    if given:
        return given
    if not sys.stdin.isatty():
        raise Misused.because("argument.missing", f"{question}: there is nobody to ask.", "Give it as an option.")
    return input(f"{question}: ").strip()


def secret(variable: str, question: str, *, path: Path | None = None, kept: str = "", twice: bool = False) -> str:
    """A secret from a file (`-`: standard input), an environment variable, what is kept, or asked for unseen.

    Never from an argument: those stand in the list of processes, and in the shell's history.

    Raises:
        Refused: the file cannot be read.
        Misused: there is none, and nobody to ask.
    """
    if path:
        return _first_line(path)
    if found := os.environ.get(variable) or kept:
        return found
    if not sys.stdin.isatty():
        raise Misused.because(
            "argument.no_secret", f"{question}: there is nobody to ask.", f"Set {variable}, or name a file."
        )
    given = getpass.getpass(f"{question}: ")
    if twice and getpass.getpass(f"{question}, once more: ") != given:
        raise Misused.because("argument.not_the_same", "The two are not the same.", "Try again.")
    return given


def _value(text: str) -> Any:  # Any: a JSON value
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return text if isinstance(value, float) and not math.isfinite(value) else value


def _measured(text: str, units: dict[str, int], wanted: str) -> int:
    found = MEASURE.fullmatch(text.strip())
    unit = units.get(found[2].lower()) if found else None
    if not found or unit is None:
        raise Misused.because("argument.no_measure", f"“{text}” is not {wanted}.")
    return math.ceil(Fraction(found[1]) * unit)


def _first_line(path: Path) -> str:
    try:
        return _text_of(path).partition("\n")[0].strip()
    except (OSError, ValueError) as error:
        raise Refused.because("file.unreadable", f"{path} cannot be read.", str(error)) from error


def _text_of(path: Path) -> str:
    """Raises OSError, and ValueError where it is too large or no text."""
    if str(path) == "-":
        return sys.stdin.read(LARGEST_DOCUMENT)
    with path.open("rb") as stream:
        content = stream.read(LARGEST_DOCUMENT + 1)
    if len(content) > LARGEST_DOCUMENT:
        raise ValueError(f"it is larger than {LARGEST_DOCUMENT >> 20} MiB")
    return content.decode("utf-8-sig")
