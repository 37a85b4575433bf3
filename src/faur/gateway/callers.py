"""Who asks: a token in the header, or the session of a browser."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from starlette.requests import Request

from faur.gateway.database import in_database
from faur.kernel.actors.actor import Actor
from faur.kernel.actors.directory import actor_of, user_by_token
from faur.kernel.actors.models import User
from faur.kernel.errors import Unauthenticated


def bearer_of(request: Request) -> str:
    """The token of the Authorization header; empty without one."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""


async def caller(request: Request, *, by_session: bool = False) -> Actor:
    """The actor behind a request.

    `by_session`: a browser's session is enough; only for what changes nothing, since no CSRF token is asked.

    Raises:
        Unauthenticated: neither a valid token nor such a session.
    """
    secret = bearer_of(request)
    session = request.cookies.get(settings.SESSION_COOKIE_NAME, "") if by_session and not secret else ""
    actor = await in_database(_actor, secret, session)
    if actor is None:
        raise Unauthenticated
    return actor


def _actor(secret: str, session: str) -> Actor | None:
    user = user_by_token(secret) if secret else _user_of_session(session) if session else None
    return actor_of(user) if user else None


def _user_of_session(session: str) -> User | None:
    """By Django's own rules: an active person, whose password has not changed since."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session)
    user = get_user(request)
    return user if isinstance(user, User) else None
