"""The one place where a refusal becomes an HTTP answer: problem details by RFC 9457."""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from faur.kernel.errors import Refusal

log = logging.getLogger("faur")


class Unexpected(Refusal):
    """A defect of Faur. What went wrong is in the log, never in the answer."""

    code = "unexpected"
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    transient = True

    def __init__(self) -> None:
        super().__init__(
            _("Something went wrong on our side; nothing was changed."),
            hint=_("Try again; if it stays, tell the operator the time and what you did."),
        )


def as_document(refusal: Refusal) -> dict[str, object]:
    """The members of the problem document, the same over HTTP, in the CLI and in the gateway."""
    document: dict[str, object] = {
        "type": f"urn:faur:problem:{refusal.code}",
        "title": refusal.message,
        "status": int(refusal.status),
        "code": refusal.code,
        "hint": refusal.hint,
        "transient": refusal.transient,
    }
    if refusal.fields:
        document["fields"] = refusal.fields
    return document


def problem(refusal: Refusal, request: HttpRequest, headers: Mapping[str, str] | None = None) -> HttpResponse:
    body = json.dumps({**as_document(refusal), "instance": request.path}, ensure_ascii=False)
    response = HttpResponse(body, status=refusal.status, content_type="application/problem+json", headers=headers)
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response
