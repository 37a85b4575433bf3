"""The technical file as the renderers read it, from its JSON (`faur.technical-file/1`); every text is legible."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from faur.adapters.documents.legible import each_text, legible

FORMAT = "faur.technical-file/1"
STATUSES = ("evidenced", "declared", "missing", "not_applicable")
SHAPES = {"evidenced": "●", "declared": "◐", "missing": "○", "not_applicable": "◇"}
HASH_SHOWN = len("sha256:") + 12

Tree = Mapping[str, Any]  # Any: a JSON tree


class UnreadableError(ValueError):
    """What came is no technical file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the record, its strength in words, its hash shortened to what a person compares."""

    entry: str
    hash: str
    verb: str
    strength: str
    when: str

    @property
    def short_hash(self) -> str:
        return f"{self.hash[:HASH_SHOWN]}…"


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    by: str
    marks: str


@dataclass(frozen=True, slots=True)
class Table:
    """`marks` are the numbers of the entries that it rests on; without a `head`, first cells name second ones."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    group: str
    title: str
    asks: str
    source_level: str
    status: str
    why: str
    lacks: tuple[str, ...]
    blocks: tuple[Paragraph | Table, ...]
    evidence: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`classification` stays a JSON tree: `Classification.described`, or None."""

    language: str
    title: str
    generated_at: str
    system: Mapping[str, str]
    provider: Mapping[str, str]
    instrument: str
    classification: Tree | None
    classification_evidence: Entry | None
    coverage: Mapping[str, int]
    groups: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]
    words: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.system["name"] or self.title

    @property
    def gaps(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.status == "missing")

    @property
    def cover(self) -> tuple[tuple[str, str], ...]:
        """The facts of the first page, those that are known, under their names."""
        provider = ", ".join(filter(None, (self.provider["name"], self.provider["country"])))
        facts = (
            ("provider", provider),
            ("version", self.system["version"]),
            ("digest", self.system["digest"]),
            ("project", self.system["project"]),
            ("record", self.system["project_uid"]),
            ("requirements", self.instrument),
            ("written", f"{self.generated_at[:16].replace('T', ' ')} UTC"),
        )
        return tuple((self.words[f"document.{key}"], value) for key, value in facts if value)


def read_tree(content: bytes) -> dict[str, Any]:  # Any: a JSON tree
    """The JSON of a technical file.

    Raises:
        UnreadableError: it is no JSON, or of another format.
    """
    try:
        tree = json.loads(content)
    except ValueError as error:
        raise UnreadableError(f"this is no JSON: {error}") from None
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise UnreadableError(f"this is no {FORMAT}")
    return tree


def read_document(raw: Tree) -> Document:
    """The technical file in `raw`.

    Raises:
        UnreadableError: a member that its schema requires is missing.
    """
    tree = each_text(raw, legible)
    try:
        return _document(tree)
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableError(f"it does not follow its schema: {error!r}") from None


def _document(tree: Tree) -> Document:
    words = tree["words"]
    evidence = tree["classification_evidence"]
    return Document(
        language=tree["language"],
        title=tree["title"],
        generated_at=tree["generated_at"],
        system=tree["system"],
        provider=tree["provider"],
        instrument=tree["requirements"]["instrument"],
        classification=tree["classification"],
        classification_evidence=_entry(evidence, words) if evidence else None,
        coverage=tree["coverage"],
        groups=tuple((group["id"], group["title"]) for group in tree["groups"]),
        items=tuple(_item(item, words) for item in tree["items"]),
        words=words,
    )


def _item(tree: Tree, words: Mapping[str, str]) -> Item:
    order = [entry["entry"] for entry in tree["evidence"]]
    return Item(
        id=tree["id"],
        group=tree["group"],
        title=tree["title"],
        asks=tree["asks"],
        source_level=tree["source_level"],
        status=tree["status"],
        why=tree["why"],
        lacks=tuple(tree["lacks"]),
        blocks=tuple(_block(block, order) for block in tree["blocks"]),
        evidence=tuple(_entry(entry, words) for entry in tree["evidence"]),
    )


def _block(tree: Tree, order: list[str]) -> Paragraph | Table:
    marks = ", ".join(str(order.index(entry) + 1) for entry in tree["rests_on"] if entry in order)
    if tree["kind"] == "paragraph":
        return Paragraph(tree["text"], tree["by"], marks)
    return Table(
        caption=tree["caption"],
        head=tuple(tree["head"]),
        rows=tuple(tuple(row) for row in tree["rows"]),
        numeric=frozenset(tree["numeric"]),
        marks=marks,
    )


def _entry(tree: Tree, words: Mapping[str, str]) -> Entry:
    return Entry(
        entry=tree["entry"],
        hash=tree["hash"],
        verb=tree["verb"],
        strength=words.get(f"strength.{tree['strength']}", tree["strength"]),
        when=tree["when"],
    )
