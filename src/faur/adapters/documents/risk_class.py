"""The risk class as sections of text and tables, the same for the page and for the word processor."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from faur.adapters.documents.document import Document, Table

Tree = Mapping[str, Any]  # Any: part of Classification.described


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what it starts with in bold, and where it comes from."""

    text: str
    citation: str = ""
    bold: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    sentences: tuple[Sentence, ...] = ()
    table: Table | None = None


def tiers(document: Document) -> str:
    """The classes of the system in one line; empty where they were not determined."""
    found = document.classification
    return " · ".join(tier["title"] for tier in found["tiers"]) if found else ""


def basis(document: Document) -> str:
    """By which law and rules, as of which day; that there is no class where it was not determined."""
    found = document.classification
    if found is None:
        return document.words["class.none"]
    ruleset = f"{found['ruleset']['id']} {found['ruleset']['version']}"
    as_of = document.words["class.on"].replace("%(on)s", found["on"]).replace("%(ruleset)s", ruleset)
    return f"{found['instrument']}. {as_of}"


def sections(document: Document) -> Iterator[Section]:
    """What was found, what may still be, what it obliges to, and what is open; empty ones are left out."""
    found = document.classification
    if found is None:
        return
    titles = {tier["id"]: tier["title"] for tier in found["tiers"]}
    for key in ("findings", "possible", "upcoming"):
        if found[key]:
            yield Section(document.words[f"class.{key}"], tuple(_finding(each, titles) for each in found[key]))
    if duties := _duties(found["findings"]):
        head = tuple(document.words[f"class.{key}"] for key in ("applies_from", "duty", "citation"))
        yield Section(document.words["class.duties"], table=Table("", head, duties))
    for key in ("open_questions", "contested"):
        if found[key]:
            points = tuple(Sentence(each["text"], _source(each)) for each in found[key])
            yield Section(document.words[f"class.{key}"], points)


def _finding(finding: Tree, titles: Mapping[str, str]) -> Sentence:
    return Sentence(finding["reason"], _source(finding), titles.get(finding["tier"] or "", ""))


def _duties(findings: Iterable[Tree]) -> tuple[tuple[str, ...], ...]:
    duties = [duty for finding in findings for duty in finding["duties"]]
    rows = dict.fromkeys((duty["applies_from"], duty["text"], duty["citation"]) for duty in duties)
    return tuple(sorted(rows, key=lambda row: row[0]))


def _source(point: Tree) -> str:
    return f"{point['citation']} ({point['source_level']})" if "citation" in point else ""
