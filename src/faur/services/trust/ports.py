"""What trust asks of whatever sets a technical file for people: bytes in, bytes out, within bounds."""

from enum import StrEnum
from http import HTTPStatus
from typing import Protocol

from django.utils.translation import gettext as _

from faur.kernel.errors import Refusal, Unavailable


class DocumentFormat(StrEnum):
    """The formats in which a technical file can be had; the value is the ending of a file name."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    JSON = "json"

    @property
    def media_type(self) -> str:
        return {
            DocumentFormat.HTML: "text/html; charset=utf-8",
            DocumentFormat.PDF: "application/pdf",
            DocumentFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            DocumentFormat.JSON: "application/ld+json",
        }[self]


class DocumentNotRendered(Refusal):
    """The document could not be set in that format."""

    code = "technical_file.not_rendered"
    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, document_format: str, why: str) -> None:
        super().__init__(
            _("The document could not be written as %(format)s.") % {"format": document_format},
            hint=_("The other formats may still work; show this to the operator: %(why)s") % {"why": why},
        )


class RendererTooSlow(Unavailable):
    """Setting the document took longer than it may, and was ended."""

    code = "technical_file.too_slow"

    def __init__(self, document_format: str, seconds: float) -> None:
        super().__init__(
            _("Writing the document as %(format)s took longer than %(seconds)d seconds and was ended.")
            % {"format": document_format, "seconds": seconds},
            hint=_("Try again when the machine is less busy."),
        )


class Renderer(Protocol):
    """Sets a technical file; the same document and format give the same bytes."""

    def render(self, document: bytes, document_format: DocumentFormat) -> bytes:
        """The document, as `TechnicalFile.to_json` gives it, in that format.

        Raises:
            DocumentNotRendered: it is no technical file, or could not be set within the memory allowed.
            RendererTooSlow: it took longer than it may.
        """
        ...
