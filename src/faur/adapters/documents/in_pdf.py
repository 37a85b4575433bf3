"""A technical file on paper: PDF/UA-1 and PDF/A-2a by typst, from the fonts inside its wheel alone."""

import json
import unicodedata
from datetime import UTC, datetime
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import typst

from faur.adapters.documents.legible import code_of, each_text, legible

STANDARDS: list[Any] = ["ua-1", "a-2a"]  # Any: typst types them as literals, which a list literal is not
ACCENTS = frozenset(map(chr, range(0x300, 0x315)))
"""Accents that the main font puts over every letter below `ACCENTED_BELOW`: Latin, Greek and Cyrillic."""
ACCENTED_BELOW = "\u0460"
TEMPLATE = "technical_file.typ"


def render(document: dict[str, Any]) -> bytes:  # Any: the JSON of a technical file
    """The PDF: tagged, archivable, the same bytes for the same document, its text never read as typst's language.

    Raises:
        typst.TypstError: the document lacks something that the template sets.
    """
    content = json.dumps(each_text(document, printable), ensure_ascii=False, sort_keys=True)
    with as_file(files(__package__)) as folder:
        return typst.compile(
            folder / TEMPLATE,
            root=folder,
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"document": content},
            pdf_standards=STANDARDS,
            timestamp=_moment(document["generated_at"]),
        )


def printable(text: str) -> str:
    """`text` with every character that no font here can show as its code, since PDF/A forbids an empty box."""
    composed = unicodedata.normalize("NFC", legible(text))
    return "".join(
        each if each == "\n" or _can_stand(each, before) else code_of(each)
        for before, each in zip(" " + composed, composed, strict=False)
    )


def _can_stand(character: str, before: str) -> bool:
    """Whether a font shows it: an accent only over what the same font shows, a letter of ours or one accent more."""
    if not unicodedata.combining(character) and unicodedata.category(character)[0] != "M":
        return character in _glyphs()
    return character in ACCENTS and (before in ACCENTS or (before.isalpha() and before < ACCENTED_BELOW))


@cache
def _glyphs() -> frozenset[str]:
    lines = (files(__package__) / "glyphs.txt").read_text(encoding="ascii").splitlines()
    ranges = [line.partition("-")[::2] for line in lines if line and not line.startswith("#")]
    return frozenset(chr(code) for first, last in ranges for code in range(int(first, 16), int(last or first, 16) + 1))


def _moment(at: str) -> int:
    """`at` in seconds since 1970, as the moment when the PDF was made."""
    moment = datetime.fromisoformat(at)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
