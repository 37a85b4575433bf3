"""The DOCX: real headings, header rows, its language said, and the same bytes twice."""

import io
import json
import zipfile
from datetime import UTC, datetime

import docx
import pytest

from faur.adapters.documents.document import read_document
from faur.adapters.documents.in_docx import render
from faur.adapters.documents.tests.recorded import hostile, recorded


def rendered(content: bytes) -> bytes:
    return render(read_document(json.loads(content)))


def test_it_has_every_item_under_a_real_heading() -> None:
    word = docx.Document(io.BytesIO(rendered(recorded())))
    headings = [line.text for line in word.paragraphs if line.style.name == "Heading 2"]
    for item in json.loads(recorded())["items"]:
        assert f"{item['id']}  {item['title']}" in headings
    assert [line.text for line in word.paragraphs if line.style.name == "Heading 1"][:2] == [
        "What is missing",
        "Risk class",
    ]


def test_tables_repeat_their_header_row() -> None:
    word = docx.Document(io.BytesIO(rendered(recorded())))
    heads = [table.rows[0].cells[0].text for table in word.tables if table.rows[0]._tr.xpath("w:trPr/w:tblHeader")]
    assert {"Item", "Applies from", "Metric", "Package"} <= set(heads)


@pytest.mark.parametrize(("language", "tag"), [("en", "en-GB"), ("ro", "ro-RO"), ("bg", "bg-BG")])
def test_it_says_its_language_title_and_moment(language: str, tag: str) -> None:
    content = rendered(recorded(language))
    properties = docx.Document(io.BytesIO(content)).core_properties
    assert (properties.language, properties.author) == (tag, "Histologica SRL")
    assert properties.title.endswith(": Breast mass classifier")
    assert properties.modified.replace(tzinfo=UTC) == datetime(2026, 11, 28, 21, 5, tzinfo=UTC)
    assert f'w:val="{tag}"'.encode() in zipfile.ZipFile(io.BytesIO(content)).read("word/styles.xml")


def test_the_same_document_gives_the_same_bytes_without_a_clock() -> None:
    content = rendered(recorded("ro"))
    assert content == rendered(recorded("ro"))
    assert {part.date_time for part in zipfile.ZipFile(io.BytesIO(content)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_people_write_is_text() -> None:
    word = docx.Document(io.BytesIO(rendered(hostile())))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(line.text for line in word.paragraphs), *cells])
    assert "<script>alert(1)</script><b onclick=x>&amp;&lt;</b> ]]> <!-- --> </style>" in text
    assert "NUL [U+0000] bell [U+0007] escape [U+001B][31m" in text
    assert "half a pair [U+D800] alone" in text
    assert "W" * 3000 in text
