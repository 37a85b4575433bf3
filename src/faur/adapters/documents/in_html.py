"""A technical file as one page that needs nothing else: no script, no font, no picture from anywhere."""

import base64
import hashlib
import re
from collections.abc import Iterable
from importlib.resources import files
from xml.etree.ElementTree import Element, SubElement, tostring

from faur.adapters.documents import risk_class
from faur.adapters.documents.document import SHAPES, STATUSES, Document, Entry, Item, Paragraph, Table

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def render(document: Document) -> bytes:
    """The page in UTF-8. Every text goes through the tree, which escapes it."""
    page = Element("html", lang=document.language)
    _head(page, document)
    body = SubElement(page, "body")
    _cover(SubElement(body, "header"), document)
    main = SubElement(body, "main")
    _gaps(main, document)
    _risk_class(main, document)
    for group, title in document.groups:
        section = SubElement(main, "section")
        _text(section, "h2", f"{group} {title}")
        for item in document.items:
            if item.group == group:
                _item(section, item, document)
    markup: bytes = tostring(page, encoding="utf-8", method="html")
    return b"<!doctype html>\n" + markup + b"\n"


def _head(page: Element, document: Document) -> None:
    style = (files(__package__) / "technical_file.css").read_text(encoding="utf-8")
    fingerprint = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    head = SubElement(page, "head")
    SubElement(head, "meta", charset="utf-8")
    policy = {
        "http-equiv": "Content-Security-Policy",
        "content": f"default-src 'none'; style-src 'sha256-{fingerprint}'",
    }
    SubElement(head, "meta", policy)
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "meta", name="color-scheme", content="light dark")
    _text(head, "title", f"{document.title}: {document.name}")
    _text(head, "style", style)


def _cover(header: Element, document: Document) -> None:
    words = document.words
    _text(header, "p", document.title, "over")
    _text(header, "h1", document.name)
    if document.system["purpose"]:
        _text(header, "p", document.system["purpose"], "purpose person", dir="auto")
    _table(header, Table(words["document.system"], (), document.cover))
    if tiers := risk_class.tiers(document):
        _text(header, "p", words["class.title"], "label")
        _text(header, "p", tiers, "tiers")
    coverage = SubElement(header, "ul", {"class": "coverage", "aria-label": words["document.coverage"]})
    for status in STATUSES:
        line = SubElement(coverage, "li", {"class": status})
        _text(line, "strong", str(document.coverage[status]))
        _status(line, status, document)
        _text(line, "span", words[f"status.{status}.meaning"], "small")
    notice = SubElement(header, "div", {"class": "notice"})
    _text(notice, "p", words["document.notice"])
    _text(notice, "p", words["document.sources"])


def _gaps(main: Element, document: Document) -> None:
    words = document.words
    section = SubElement(main, "section")
    _text(section, "h2", words["document.gaps"])
    if not document.gaps:
        _text(section, "p", words["document.no_gaps"])
        return
    body = _table_with_head(section, words["document.gaps"], (words["document.item"], words["document.gaps"]))
    for item in document.gaps:
        row = SubElement(body, "tr")
        _text(SubElement(row, "td"), "a", f"{item.id} {item.title}", href=f"#item-{item.id}")
        _text(row, "td", ", ".join(item.lacks) or item.why)


def _risk_class(main: Element, document: Document) -> None:
    section = SubElement(main, "section")
    _text(section, "h2", document.words["class.title"])
    _text(section, "p", risk_class.basis(document))
    if document.classification_evidence:
        _evidence(section, (document.classification_evidence,), document)
    for part in risk_class.sections(document):
        _text(section, "h3", part.title)
        for sentence in part.sentences:
            line = SubElement(section, "p")
            if sentence.bold:
                _text(line, "strong", f"{sentence.bold}. ")
            _text(line, "span", f"{sentence.text} ")
            _text(line, "span", sentence.citation, "source")
        if part.table:
            _table(section, part.table, label=part.title)


def _item(section: Element, item: Item, document: Document) -> None:
    article = SubElement(section, "article", id=f"item-{item.id}")
    _text(article, "h3", f"{item.id} {item.title}")
    line = SubElement(article, "p")
    _status(line, item.status, document)
    _text(line, "span", f" {item.why}")
    _text(article, "p", f"{item.asks} ({item.source_level})", "asks")
    for block in item.blocks:
        if isinstance(block, Table):
            _table(article, block)
        else:
            _paragraph(article, block)
    if item.evidence:
        _evidence(article, item.evidence, document)


def _paragraph(parent: Element, paragraph: Paragraph) -> None:
    if not paragraph.by:
        _text(_text(parent, "p", f"{paragraph.text} "), "sup", paragraph.marks)
        return
    quote = SubElement(parent, "blockquote")
    _text(quote, "p", paragraph.text, dir="auto")
    _text(_text(quote, "p", f"— {paragraph.by} ", "small"), "sup", paragraph.marks)


def _evidence(parent: Element, entries: Iterable[Entry], document: Document) -> None:
    box = SubElement(parent, "div", {"class": "evidence"})
    _text(box, "p", document.words["document.evidence"], "label")
    listed = SubElement(box, "ol")
    for entry in entries:
        line = SubElement(listed, "li")
        _text(line, "strong", entry.verb)
        _text(line, "span", f", {entry.strength}, {entry.when}. ")
        _text(line, "code", f"{entry.entry} {entry.short_hash}")


def _table(parent: Element, table: Table, label: str = "") -> None:
    caption = f"{table.caption} [{table.marks}]" if table.marks else table.caption
    body = _table_with_head(parent, caption or label, table.head, table.numeric, shown=bool(caption))
    for cells in table.rows:
        row = SubElement(body, "tr")
        for place, cell in enumerate(cells):
            names = not table.head and place == 0
            shape = _text(row, "th", "", scope="row") if names else SubElement(row, "td")
            if place in table.numeric:
                shape.set("class", "figure")
            _cell(shape, cell)


def _table_with_head(
    parent: Element, caption: str, head: Iterable[str], numeric: frozenset[int] = frozenset(), *, shown: bool = False
) -> Element:
    """The empty body of a table, in a frame that scrolls by itself on a narrow screen."""
    frame = SubElement(parent, "div", {"class": "scroll", "tabindex": "0", "role": "group", "aria-label": caption})
    table = SubElement(frame, "table")
    if shown:
        _text(table, "caption", caption)
    if names := tuple(head):
        row = SubElement(SubElement(table, "thead"), "tr")
        for place, name in enumerate(names):
            _text(row, "th", name, "figure" if place in numeric else "", scope="col")
    return SubElement(table, "tbody")


def _cell(parent: Element, text: str) -> None:
    if _DIGEST.fullmatch(text):
        _text(parent, "code", text)
    elif "\n" in text:
        _text(parent, "span", text, "person")
    else:
        parent.text = text


def _status(parent: Element, status: str, document: Document) -> None:
    mark = _text(parent, "span", "", f"status {status}")
    shape = _text(mark, "span", SHAPES[status])
    shape.set("aria-hidden", "true")
    shape.tail = f" {document.words[f'status.{status}']}"


def _text(parent: Element, tag: str, text: str, css: str = "", **attributes: str) -> Element:
    element = SubElement(parent, tag, ({"class": css} if css else {}) | attributes)
    element.text = text
    return element
