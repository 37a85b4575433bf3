"""Who asks: a token, or, for what changes nothing, the session of a browser; whoever lost the right is nobody."""

from datetime import timedelta

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from starlette.requests import Request

from faur.gateway.callers import bearer_of, caller
from faur.gateway.database import in_database
from faur.kernel import clock
from faur.kernel.actors.models import Token, User
from faur.kernel.errors import Unauthenticated

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def person(transactional_db: None) -> User:
    return User.objects.create_user("a@example.org", "a long password", name="Person")


@pytest.fixture
def session(person: User) -> str:
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)


@pytest.fixture
def token(person: User) -> tuple[Token, str]:
    return Token.issue(person, "test", None)


def request(*, authorization: str = "", session: str = "") -> Request:
    given = {"authorization": authorization, "cookie": f"sessionid={session}" if session else ""}
    headers = [(name.encode(), value.encode()) for name, value in given.items() if value]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers})


@pytest.mark.parametrize(
    ("said", "secret"),
    [("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic abc", ""), ("Bearer", ""), ("", ""), ("abc", "")],
)
def test_a_token_stands_behind_the_word_bearer(said, secret):
    assert bearer_of(request(authorization=said)) == secret


async def test_a_token_speaks_for_its_person(person, token):
    assert (await caller(request(authorization=f"Bearer {token[1]}"))).uid == person.uid


@pytest.mark.parametrize("change", ["revoked", "expired", "inactive", "another"])
async def test_a_token_that_speaks_for_nobody_any_more_is_refused(person, token, change):
    row, secret = token
    changes = {
        "revoked": lambda: Token.objects.filter(pk=row.pk).update(revoked_at=clock.now()),
        "expired": lambda: Token.objects.filter(pk=row.pk).update(expires_at=clock.now() - timedelta(seconds=1)),
        "inactive": lambda: User.objects.filter(pk=person.pk).update(is_active=False),
        "another": lambda: None,
    }
    await in_database(changes[change])
    with pytest.raises(Unauthenticated):
        await caller(request(authorization=f"Bearer {secret}x" if change == "another" else f"Bearer {secret}"))


async def test_a_session_is_enough_only_where_it_is_said_to_be(person, session):
    assert (await caller(request(session=session), by_session=True)).uid == person.uid
    with pytest.raises(Unauthenticated):
        await caller(request(session=session))


async def test_a_wrong_token_is_not_made_good_by_a_session(session):
    with pytest.raises(Unauthenticated):
        await caller(request(authorization="Bearer wrong", session=session), by_session=True)


def _lock(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def _change_password(person: User) -> None:
    person.set_password("another long password")
    person.save()


@pytest.mark.parametrize("change", [_lock, _change_password])
async def test_a_session_ends_with_its_account_and_with_its_password(person, session, change):
    await in_database(change, person)
    with pytest.raises(Unauthenticated):
        await caller(request(session=session), by_session=True)


@pytest.mark.parametrize("cookie", ["", "nonsense", "x" * 500])
async def test_a_session_that_is_none_is_refused(transactional_db, cookie):
    with pytest.raises(Unauthenticated):
        await caller(request(session=cookie), by_session=True)
