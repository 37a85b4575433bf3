"""What stands under an item of a document: paragraphs and tables, each with the entries of the record it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from faur.services.trust.evidence import EvidenceRef
from faur.services.trust.words import Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence of the platform about facts, or, where `by` says who wrote it and when, the words of a person."""

    text: str
    rests_on: tuple[str, ...]
    by: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text. Without a `head` it lists facts: the first cell of a row says what the second is."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    rests_on: tuple[str, ...]
    head: tuple[str, ...] = ()
    numeric: tuple[int, ...] = ()
    """The columns, from 0, that hold figures."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is known for an item, the entries behind it in the order of their first use, and what is lacking."""

    blocks: tuple[Paragraph | Table, ...]
    evidence: tuple[EvidenceRef, ...]
    lacks: tuple[str, ...]


class Draft:
    """Content in the making."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._blocks: list[Paragraph | Table] = []
        self._evidence: dict[str, EvidenceRef] = {}
        self._lacks: dict[str, None] = {}

    def lacks(self, key: str, **values: str) -> None:
        """Note that the record does not hold `lack.<key>`."""
        self._lacks[self.words(f"lack.{key}", **values)] = None

    def sentence(self, key: str, *refs: EvidenceRef, **values: str) -> None:
        """Say the sentence `fact.<key>`."""
        self._blocks.append(Paragraph(self.words(f"fact.{key}", **values), self._resting(refs)))

    def quote(self, text: str, by: str, ref: EvidenceRef) -> None:
        """What a person wrote, under their name, or under what it is, and the moment."""
        self._blocks.append(Paragraph(text, self._resting((ref,)), f"{by} · {self.words.moment(ref.at)}"))

    def facts(self, caption: str, rows: Iterable[tuple[str, str]], *refs: EvidenceRef) -> None:
        """A list of facts; the first of each row is a key of `fact`, and a fact without a value is left out."""
        self.listing(caption, [(self.words(f"fact.{key}"), value) for key, value in rows if value], *refs)

    def listing(self, caption: str, rows: Iterable[tuple[str, str]], *refs: EvidenceRef) -> None:
        """A list of facts whose names are words already."""
        if cells := tuple(rows):
            self._blocks.append(Table(caption, cells, self._resting(refs)))

    def grid(
        self,
        caption: str,
        head: Sequence[str],
        rows: Iterable[tuple[str, ...]],
        *refs: EvidenceRef,
        numeric: tuple[int, ...] = (),
    ) -> None:
        """A table whose columns are keys of `fact`; one without rows is left out."""
        if cells := tuple(rows):
            columns = tuple(self.words(f"fact.{key}") for key in head)
            self._blocks.append(Table(caption, cells, self._resting(refs), columns, numeric))

    def content(self) -> Content:
        return Content(tuple(self._blocks), tuple(self._evidence.values()), tuple(self._lacks))

    def _resting(self, refs: Iterable[EvidenceRef]) -> tuple[str, ...]:
        resting = {ref.entry: ref for ref in refs}
        for entry, ref in resting.items():
            self._evidence.setdefault(entry, ref)
        return tuple(resting)
