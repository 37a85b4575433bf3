"""What python-docx has no word for: language, table borders, header rows, page numbers, and bytes without a clock."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

TAGS = {"en": "en-GB", "ro": "ro-RO", "bg": "bg-BG"}
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LINE = {"val": "single", "sz": "4", "color": "C9CED3"}

Word = Any  # Any: python-docx and its XML elements carry no types


def set_language(word: WordDocument, language: str) -> None:
    """Say in which language all text is, for screen readers and spelling."""
    defaults = word.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for known in defaults.findall(qn("w:lang")):
        defaults.remove(known)
    _child(defaults, "w:lang", {"val": TAGS[language], "eastAsia": "en-GB", "bidi": "ar-SA"})


def set_style(
    style: Word, size: float, colour: str, *, bold: bool = False, before: float = 0, after: float = 6
) -> None:
    """Size and spacing in points, colour as six hexadecimal digits, in the document's one typeface."""
    style.font.name = "Georgia"
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), "Georgia")
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour)
    style.font.bold = bold
    style.font.italic = False
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)


def set_properties(word: WordDocument, title: str, author: str, language: str, at: str) -> None:
    """Title, author, language and the one moment that the document knows."""
    moment = datetime.fromisoformat(at)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    properties = word.core_properties
    properties.title, properties.author, properties.language = title[:255], author[:255], TAGS[language]
    properties.created = properties.modified = aware.astimezone(UTC).replace(tzinfo=None)
    properties.last_modified_by, properties.comments, properties.revision = author[:255], "", 1


def set_widths(table: Word, widths: Sequence[int]) -> None:
    """The width of each column, in English Metric Units, where the two word processors look for it."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def rule_rows(table: Word) -> None:
    """A thin line under each row and none elsewhere; first columns and rows are marked as heads."""
    borders = _child(table._tbl.tblPr, "w:tblBorders", {})
    for side in ("bottom", "insideH"):
        _child(borders, f"w:{side}", _LINE)


def repeat_as_header(row: Word) -> None:
    """Let a table's first row stand on top of each page, and be read as its header."""
    properties = row._tr.get_or_add_trPr()
    _child(properties, "w:cantSplit", {})
    _child(properties, "w:tblHeader", {})


def number_pages(paragraph: Word) -> None:
    """Add the number of the page, which the word processor works out."""
    field = _child(paragraph._p, "w:fldSimple", {"instr": "PAGE"})
    run = _child(field, "w:r", {})
    _child(run, "w:t", {}).text = "1"


def without_clock(saved: bytes) -> bytes:
    """The same package with its parts in order and without the moment of writing: the same content, the same bytes."""
    source = zipfile.ZipFile(io.BytesIO(saved))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name in sorted(source.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(part, source.read(name))
    return target.getvalue()


def _child(parent: Word, tag: str, attributes: Mapping[str, str]) -> Word:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element
