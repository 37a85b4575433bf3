"""A technical file for the word processor, so that a person can go on writing in it."""

import io
import re
from collections.abc import Iterable, Sequence

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from faur.adapters.documents import risk_class
from faur.adapters.documents.document import SHAPES, STATUSES, Document, Entry, Item, Paragraph, Table
from faur.adapters.documents.word_parts import (
    Word,
    number_pages,
    repeat_as_header,
    rule_rows,
    set_language,
    set_properties,
    set_style,
    set_widths,
    without_clock,
)

INK, MUTED, ACCENT = "1C2126", "5A636C", "20486B"
COLOURS = {"evidenced": "1D6136", "declared": "7A4D00", "missing": "A3231F", "not_applicable": MUTED}
NAMES_WIDTH, TEXT_WIDTH = Mm(40), Mm(162)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def render(document: Document) -> bytes:
    """The DOCX: real headings, tables with header rows, the language said; the same bytes for the same document."""
    word = docx.Document()
    _set_up(word, document)
    _cover(word, document)
    _gaps(word, document)
    _risk_class(word, document)
    for group, title in document.groups:
        word.add_heading(f"{group}  {title}", 1)
        for item in document.items:
            if item.group == group:
                _item(word, item, document)
    saved = io.BytesIO()
    word.save(saved)
    return without_clock(saved.getvalue())


def _set_up(word: WordDocument, document: Document) -> None:
    set_language(word, document.language)
    title = f"{document.title}: {document.name}"
    set_properties(word, title, document.provider["name"], document.language, document.generated_at)
    styles = word.styles
    set_style(styles["Normal"], 10.5, INK)
    set_style(styles["Title"], 26, ACCENT, bold=True, after=10)
    set_style(styles["Heading 1"], 16, ACCENT, bold=True, before=22, after=8)
    set_style(styles["Heading 2"], 12.5, INK, bold=True, before=16, after=4)
    set_style(styles["Caption"], 9.5, INK, bold=True, before=8, after=2)
    set_style(styles["Quote"], 10.5, INK, before=4)
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Quote"].paragraph_format.left_indent = Mm(6)
    for name, size in (("Small", 9), ("Evidence", 8.5)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        set_style(style, size, MUTED, after=3)
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(24)
    footer = page.footer.paragraphs[0]
    footer.style = styles["Small"]
    footer.add_run(f"{document.name}   {document.words['document.page']} ")
    number_pages(footer)


def _cover(word: WordDocument, document: Document) -> None:
    words = document.words
    word.add_paragraph(document.title, style="Small")
    word.add_heading(document.name, 0)
    if document.system["purpose"]:
        word.add_paragraph(document.system["purpose"])
    _table(word, Table(words["document.system"], (), document.cover))
    if tiers := risk_class.tiers(document):
        word.add_paragraph(words["class.title"], style="Caption")
        word.add_paragraph().add_run(tiers).bold = True
    counts = tuple((_said(status, document), str(document.coverage[status])) for status in STATUSES)
    head = (words["document.status"], words["document.items"])
    _table(word, Table(words["document.coverage"], head, counts, frozenset({1})))
    word.add_paragraph(words["document.notice"], style="Small")
    word.add_paragraph(words["document.sources"], style="Small")


def _gaps(word: WordDocument, document: Document) -> None:
    words = document.words
    word.add_heading(words["document.gaps"], 1)
    if not document.gaps:
        word.add_paragraph(words["document.no_gaps"])
        return
    rows = tuple((f"{item.id}  {item.title}", ", ".join(item.lacks) or item.why) for item in document.gaps)
    _table(word, Table("", (words["document.item"], words["document.gaps"]), rows))


def _risk_class(word: WordDocument, document: Document) -> None:
    word.add_heading(document.words["class.title"], 1)
    word.add_paragraph(risk_class.basis(document))
    if document.classification_evidence:
        _evidence(word, (document.classification_evidence,), document)
    for section in risk_class.sections(document):
        word.add_heading(section.title, 2)
        for sentence in section.sentences:
            line = word.add_paragraph()
            line.add_run(f"{sentence.bold}. " if sentence.bold else "").bold = True
            line.add_run(f"{sentence.text} ")
            line.add_run(sentence.citation).font.color.rgb = RGBColor.from_string(MUTED)
        if section.table:
            _table(word, section.table)


def _item(word: WordDocument, item: Item, document: Document) -> None:
    word.add_heading(f"{item.id}  {item.title}", 2)
    line = word.add_paragraph()
    status = line.add_run(_said(item.status, document))
    status.bold, status.font.color.rgb = True, RGBColor.from_string(COLOURS[item.status])
    line.add_run(f"   {item.why}")
    word.add_paragraph(f"{item.asks} ({item.source_level})", style="Small")
    for block in item.blocks:
        if isinstance(block, Table):
            _table(word, block)
        else:
            _paragraph(word, block)
    if item.evidence:
        _evidence(word, item.evidence, document)


def _paragraph(word: WordDocument, paragraph: Paragraph) -> None:
    line = word.add_paragraph(paragraph.text, style="Quote" if paragraph.by else "Normal")
    if paragraph.by:
        line = word.add_paragraph(f"— {paragraph.by}", style="Small")
        line.paragraph_format.left_indent = Mm(6)
    line.add_run(f" {paragraph.marks}").font.superscript = True


def _evidence(word: WordDocument, entries: Iterable[Entry], document: Document) -> None:
    caption = word.add_paragraph(document.words["document.evidence"], style="Evidence")
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(6)
    for number, entry in enumerate(entries, start=1):
        line = word.add_paragraph(f"{number}  ", style="Evidence")
        line.add_run(entry.verb).bold = True
        line.add_run(f", {entry.strength}, {entry.when}. {entry.entry} {entry.short_hash}")


def _table(word: WordDocument, table: Table) -> None:
    if table.caption:
        word.add_paragraph(f"{table.caption} [{table.marks}]" if table.marks else table.caption, style="Caption")
    width = max(len(row) for row in (*table.rows, table.head))
    grid = word.add_table(rows=0, cols=width)
    rule_rows(grid)
    if table.head:
        header = grid.add_row()
        repeat_as_header(header)
        _fill(header, table.head, table.numeric, bold=True)
    for row in table.rows:
        _fill(grid.add_row(), row, table.numeric)
    set_widths(grid, _widths(table, width))
    word.add_paragraph(style="Evidence")


def _fill(row: Word, cells: Sequence[str], numeric: frozenset[int], *, bold: bool = False) -> None:
    for place, text in enumerate(cells):
        line = row.cells[place].paragraphs[0]
        line.paragraph_format.space_after = Pt(2)
        run = line.add_run(text)
        run.font.size, run.bold = Pt(9), bold
        if _DIGEST.fullmatch(text):
            run.font.name, run.font.size = "Consolas", Pt(7.5)
        if place in numeric:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _widths(table: Table, columns: int) -> list[int]:
    """As wide as the longest text of a column asks for, within reason; a column of names has one width everywhere."""
    if not table.head and columns == 2:
        return [NAMES_WIDTH, TEXT_WIDTH - NAMES_WIDTH]
    lengths = [[len(row[place]) for row in (*table.rows, table.head) if place < len(row)] for place in range(columns)]
    weights = [min(max(9, *each), 44) for each in lengths]
    return [TEXT_WIDTH * weight // sum(weights) for weight in weights]


def _said(status: str, document: Document) -> str:
    return f"{SHAPES[status]} {document.words[f'status.{status}']}"
