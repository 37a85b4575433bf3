"""Access modes are data: read from files, checked against a schema, and never from code."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language
from jsonschema import Draft202012Validator

from faur.services.access.rules import Association, Terms

Json = dict[str, Any]  # Any: JSON
FOLDER = Path(__file__).with_name("modes")


@dataclass(frozen=True, slots=True)
class Mode:
    """How a kind of call works: for whom, how long, how fast, and what is asked. `form` is a JSON Schema."""

    id: str
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    sources: Mapping[str, str]
    promised_working_days: int
    selection: str
    steps: tuple[str, ...]
    terms: Terms
    form: Json

    @property
    def title(self) -> str:
        return in_language(self.titles)

    @property
    def summary(self) -> str:
        return in_language(self.summaries)

    @property
    def source(self) -> str:
        """Where its rules were read."""
        return in_language(self.sources)


@cache
def modes() -> Mapping[str, Mode]:
    """All modes by their ids. Raises ValueError: a file is not as the schema says, which no site should start with."""
    schema = Draft202012Validator(json.loads((FOLDER / "schema.json").read_text(encoding="utf-8")))
    found = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.name == "countries.yaml":
            continue
        if errors := [error.message for error in schema.iter_errors(document)]:
            raise ValueError(f"{path.name}: {errors}")
        found[document["id"]] = _mode(document)
    return found


@cache
def associations() -> tuple[Association, ...]:
    """Which country belongs to which programme, and since when."""
    document = yaml.safe_load((FOLDER / "countries.yaml").read_text(encoding="utf-8"))
    own = [Association(country, "member-state", date(2021, 1, 1)) for country in document["member_states"]]
    others = [
        Association(entry["country"], programme, entry["since"], entry.get("until"))
        for programme, entries in document["associated"].items()
        for entry in entries
    ]
    return (*own, *others)


def in_language(words: Mapping[str, str]) -> str:
    return words.get((get_language() or "en")[:2]) or words["en"]


def _mode(document: Json) -> Mode:
    terms = Terms(
        organisations=frozenset(document["organisations"]),
        free_for=frozenset(document["free_for"]),
        months=tuple(document["months"]),
        max_amount=document["max_amount"],
        unit=document["unit"],
    )
    return Mode(
        id=document["id"],
        titles=document["title"],
        summaries=document["summary"],
        sources=document["source"],
        promised_working_days=document["promised_working_days"],
        selection=document["selection"],
        steps=tuple(document["steps"]),
        terms=terms,
        form=document["form"],
    )
