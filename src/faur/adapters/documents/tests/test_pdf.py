"""The PDF: tagged, archivable, the same bytes twice, and proof against whatever people write."""

import json
import re
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest

from faur.adapters.documents.in_pdf import _glyphs, printable, render
from faur.adapters.documents.tests.recorded import LANGUAGES, hostile, recorded

PDFTOTEXT = shutil.which("pdftotext")


def rendered(content: bytes) -> bytes:
    return render(json.loads(content))


def structure(pdf: bytes) -> bytes:
    """All objects of the file, those in compressed streams unpacked."""
    unpacked = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(unpacked)


def text_of(pdf: bytes, folder: Path) -> str:
    if PDFTOTEXT is None:
        pytest.skip("no pdftotext on this machine")
    (folder / "file.pdf").write_bytes(pdf)
    done = subprocess.run([PDFTOTEXT, "-raw", folder / "file.pdf", "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_tagged_archivable_and_says_its_language(language: str) -> None:
    found = structure(rendered(recorded(language)))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in found
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in re.sub(rb">\s+<", b"><", found)
    assert b"/StructTreeRoot" in found
    assert f"/Lang({language})".encode() in found.replace(b"/Lang (", b"/Lang(")
    assert {tag for tag in (b"/H1", b"/H2", b"/TH", b"/TD", b"/Title", b"/Link") if tag in found} == {
        b"/H1", b"/H2", b"/TH", b"/TD", b"/Title", b"/Link",
    }  # fmt: skip


def test_the_same_document_gives_the_same_bytes() -> None:
    assert rendered(recorded("bg")) == rendered(recorded("bg"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Breast mass classifier", "Evidenced", "Still to come"]),
        ("ro", ["DOCUMENTAȚIE TEHNICĂ", "Dovedit", "Grad ridicat de risc", "înaintea rulării"]),
        ("bg", ["Доказано", "Висок риск", "Какво липсва"]),
    ],
)
def test_its_text_can_be_read_in_every_language(language: str, words: list[str], tmp_path: Path) -> None:
    text = text_of(rendered(recorded(language)), tmp_path)
    assert [word for word in words if word not in text] == []


def test_a_hash_that_is_copied_is_the_hash(tmp_path: Path) -> None:
    digest = json.loads(recorded())["system"]["digest"]
    assert digest in text_of(rendered(recorded()), tmp_path).replace(" ", "")


def test_what_people_write_is_shown_and_never_run(tmp_path: Path) -> None:
    text = text_of(rendered(hostile()), tmp_path)
    for written in (
        "#set page(width: 1pt)",
        "#panic(1)",
        "*not bold* _not italic_ $not maths$ `not code`",
        "<script>alert(1)</script>",
        "NUL [U+0000] bell [U+0007]",
        "overridden [U+202E] gnirts [U+202C]",
        "[U+65E5]",
        "half a pair [U+D800] alone",
        "%(lacks)s %s {0} {{x}} ${x}",
    ):
        assert written in text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("ă ț Ъ ѝ а\u0301 é ≥", "ă ț Ъ ѝ а\u0301 é ≥"),
        ("😀", "[U+1F600]"),
        ("日", "[U+65E5]"),
        ("⁛\u0301", "⁛[U+0301]"),
        ("a\u200db", "a[U+200D]b"),
        ("one\ntwo", "one\ntwo"),
    ],
)
def test_a_character_without_a_glyph_shows_its_code(written: str, shown: str) -> None:
    assert printable(written) == shown


def test_a_document_with_nothing_missing_and_no_class_is_set_too() -> None:
    tree = json.loads(recorded())
    tree["classification"] = tree["classification_evidence"] = None
    tree["items"] = [item | {"status": "declared"} for item in tree["items"]]
    tree["system"] = dict.fromkeys(tree["system"], "")
    assert render(tree).startswith(b"%PDF-1.7")


def test_the_fonts_of_the_wheel_still_show_every_character_that_they_are_said_to() -> None:
    """Fails when another typst brings other fonts: then glyphs.txt is to be measured anew."""
    tree = json.loads(recorded())
    tree["system"]["purpose"] = " ".join(sorted(_glyphs()))
    assert render(tree).startswith(b"%PDF-1.7")
