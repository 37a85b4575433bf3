"""The process around the renderers: every format, its bounds, and plain words when it cannot."""

import hashlib
import json

import pytest

from faur.adapters.documents.process import ProcessRenderer
from faur.adapters.documents.tests.recorded import recorded
from faur.kernel.units import MIB, Bytes
from faur.services.trust.ports import DocumentFormat, DocumentNotRendered, Renderer, RendererTooSlow

RENDERER: Renderer = ProcessRenderer()
BEGINNINGS = {"html": b"<!doctype html>", "pdf": b"%PDF-1.7", "docx": b"PK\x03\x04", "json": b'{"@context"'}


@pytest.mark.parametrize("document_format", DocumentFormat)
def test_every_format_is_rendered(document_format: DocumentFormat) -> None:
    rendered = RENDERER.render(recorded(), document_format)
    assert rendered.startswith(BEGINNINGS[document_format])
    assert document_format.media_type


def test_json_comes_back_as_it_was_down_to_the_digest() -> None:
    rendered = RENDERER.render(recorded("bg"), DocumentFormat.JSON)
    assert hashlib.sha256(rendered).digest() == hashlib.sha256(recorded("bg")).digest()


def test_two_processes_give_the_same_pdf() -> None:
    first, second = (RENDERER.render(recorded(), DocumentFormat.PDF) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "content",
    [b"", b"no json", b"[]", b"{}", b'{"format": "faur.technical-file/1"}', b"\xff\xfe", b"[" * 100_000],
)
@pytest.mark.parametrize("document_format", [DocumentFormat.HTML, DocumentFormat.PDF])
def test_what_is_no_technical_file_is_refused_in_plain_words(content: bytes, document_format: DocumentFormat) -> None:
    with pytest.raises(DocumentNotRendered) as refused:
        RENDERER.render(content, document_format)
    assert refused.value.code == "technical_file.not_rendered"
    assert "Traceback" not in refused.value.hint


def test_a_document_that_takes_too_long_is_ended() -> None:
    with pytest.raises(RendererTooSlow) as refused:
        ProcessRenderer(seconds=0.01).render(recorded(), DocumentFormat.PDF)
    assert refused.value.transient


def test_a_document_that_asks_for_too_much_memory_is_ended() -> None:
    with pytest.raises(DocumentNotRendered):
        ProcessRenderer(memory=Bytes(24 * MIB)).render(recorded(), DocumentFormat.PDF)


def test_the_process_sees_no_secret_of_the_factory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAUR_SECRET_KEY", "a secret")
    assert "a secret" not in json.dumps(ProcessRenderer()._environment())
