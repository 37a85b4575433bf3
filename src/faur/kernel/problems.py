"""The one place where a refusal becomes an HTTP answer: problem details by RFC 9457."""

import json
import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from faur.kernel.collisions import refusal_of
from faur.kernel.errors import Forbidden, Invalid, MethodNotAllowed, NotFound, Refusal

log = logging.getLogger("faur")
MEDIA_TYPE = "application/problem+json"
API = "/api/"


class Unreadable(Invalid):
    """The request is not what its headers say, or holds what no text can hold."""

    code = "unreadable"

    def __init__(self) -> None:
        super().__init__(
            _("The request cannot be read."),
            hint=_("Send text and JSON in UTF-8, each name once, without NUL or characters that turn text around."),
        )


class BodyTooLarge(Invalid):
    """The body is larger than a request to the API may be; bytes are uploaded by themselves."""

    code = "body.too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self) -> None:
        super().__init__(
            _("The body of the request is too large."), hint=_("Upload files with PUT /api/v1/bytes, and name them.")
        )


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


def refusal_for(error: Exception, path: str) -> Refusal:
    """What is answered to whoever met `error` at `path`; what is nobody's to see goes into the log."""
    refusal = refusal_of(error)
    if refusal is None:
        log.error("unexpected error at %s", path, exc_info=error)
    return refusal or Unexpected()


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


def headers_of(refusal: Refusal) -> dict[str, str]:
    """What the answer says besides its body: when to come again, or how to show who one is (RFC 9110, 10.2, 11.6)."""
    headers = {"Retry-After": str(refusal.retry_seconds)} if refusal.transient else {}
    return headers | ({"WWW-Authenticate": "Bearer"} if refusal.status == HTTPStatus.UNAUTHORIZED else {})


def problem(refusal: Refusal, request: HttpRequest, headers: Mapping[str, str] | None = None) -> HttpResponse:
    body = json.dumps({**as_document(refusal), "instance": request.path}, ensure_ascii=False)
    said = headers_of(refusal) | dict(headers or {})
    return HttpResponse(body, status=refusal.status, content_type=MEDIA_TYPE, headers=said)


class ProblemMiddleware:
    """Under /api/ every refusal is a problem, also what Django refuses by itself before any route is found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API):
            return self.get_response(request)
        if refusal := _unfit(request):
            return problem(refusal, request)
        response = self.get_response(request)
        if response.status_code < HTTPStatus.BAD_REQUEST or response.headers.get("Content-Type") == MEDIA_TYPE:
            return response
        kept = {name: response[name] for name in ("Allow",) if name in response}
        return problem(_refusal_of(response.status_code), request, kept)


def _unfit(request: HttpRequest) -> Refusal | None:
    """What is wrong with a request before anybody looks what it wants."""
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return Unreadable()
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0):
        return BodyTooLarge()
    return None


def _refusal_of(status: int) -> Refusal:
    known: dict[int, Callable[[], Refusal]] = {
        HTTPStatus.FORBIDDEN: Forbidden,
        HTTPStatus.NOT_FOUND: NotFound,
        HTTPStatus.METHOD_NOT_ALLOWED: MethodNotAllowed,
    }
    unforeseen = Unexpected if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Unreadable
    return known.get(status, unforeseen)()
