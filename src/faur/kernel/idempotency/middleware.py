"""Answers a repeated POST from what was answered before, in the same transaction as its effect."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from http import HTTPStatus

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from faur.kernel.actors.directory import user_by_token
from faur.kernel.errors import Invalid, Unauthenticated
from faur.kernel.idempotency.models import Answer
from faur.kernel.problems import problem

LONGEST_KEY = 200


class KeyReused(Invalid):
    """The key came before, with another request."""

    code = "idempotency.key_reused"


class IdempotencyMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")
        if not key or request.method != "POST" or not request.path.startswith("/api/"):
            return self.get_response(request)
        if len(key) > LONGEST_KEY or not key.isprintable():
            return problem(Invalid(_("The idempotency key is too long, or not printable."), hint=""), request)
        with transaction.atomic():
            return self._answer_once(request, key)

    def _answer_once(self, request: HttpRequest, key: str) -> HttpResponse:
        answer, is_new = Answer.objects.get_or_create(
            caller=_caller(request), key=_digest(key.encode()), defaults={"request": _fingerprint(request)}
        )
        if not is_new:
            return _again(answer, request, key)
        response = self.get_response(request)
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            transaction.set_rollback(True)
            return response
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            answer.delete()  # the action undid its own part; a counted failure to log in must stay counted
            return response
        answer.status = response.status_code
        answer.content_type = response.headers.get("Content-Type", "")
        answer.body = _seal(key).encrypt(response.content)
        answer.save()
        return response


def _again(answer: Answer, request: HttpRequest, key: str) -> HttpResponse:
    if answer.request != _fingerprint(request):
        reused = KeyReused(
            _("This idempotency key was used before, with another request."),
            hint=_("Send a new key with a new request."),
        )
        return problem(reused, request)
    if not _is_still_known(request):
        return problem(Unauthenticated(), request)
    body = _seal(key).decrypt(bytes(answer.body))
    response = HttpResponse(body, status=answer.status, content_type=answer.content_type)
    response["Idempotency-Replayed"] = "true"
    return response


def _is_still_known(request: HttpRequest) -> bool:
    """Whether a token that comes along still speaks for somebody: what it was answered once ends with it."""
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return not kind or user_by_token(secret.strip()) is not None


def _caller(request: HttpRequest) -> str:
    """Who asks, before anybody checked: the digest of what they present, so that no one meets another's answers."""
    presented = request.headers.get("Authorization") or request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return _digest(presented.encode())


def _fingerprint(request: HttpRequest) -> str:
    return _digest(f"{request.get_full_path()}\n".encode() + request.body)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _seal(key: str) -> Fernet:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=settings.SECRET_KEY.encode(), info=b"idempotency")
    return Fernet(urlsafe_b64encode(derived.derive(key.encode())))
