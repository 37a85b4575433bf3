"""The same key gets the same answer, and its effect happens once; nobody gets another's."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from faur.kernel import clock
from faur.kernel.actors.models import Token, User
from faur.kernel.idempotency.models import Answer
from faur.kernel.idempotency.tasks import KEPT_FOR, forget_old_answers

pytestmark = pytest.mark.django_db
URL = "/api/v1/tokens"
LAPTOP = {"name": "laptop", "days": 7}


def person(address: str) -> Client:
    user = User.objects.create_user(address, None, name="Person")
    _token, secret = Token.issue(user, "first", None)
    return Client(headers={"Authorization": f"Bearer {secret}"}, raise_request_exception=False)


@pytest.fixture
def caller(db) -> Client:
    return person("a@example.org")


def post(client: Client, body: object, key: str = "key-1"):
    return client.post(URL, json.dumps(body), content_type="application/json", headers={"Idempotency-Key": key})


def made() -> int:
    return Token.objects.filter(name="laptop").count()


def test_the_same_request_again_is_answered_alike_and_does_nothing_more(caller):
    first, again = post(caller, LAPTOP), post(caller, LAPTOP)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert (again.headers.get("Idempotency-Replayed"), made()) == ("true", 1)


def test_another_request_under_the_same_key_is_refused(caller):
    post(caller, LAPTOP)
    refused = post(caller, {**LAPTOP, "days": 8})
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency.key_reused")
    assert made() == 1


def test_another_caller_with_the_same_key_does_their_own(caller):
    post(caller, LAPTOP)
    other = post(person("b@example.org"), LAPTOP)
    assert "Idempotency-Replayed" not in other.headers
    assert made() == 2


def test_a_refused_request_may_be_mended_and_sent_under_its_key(caller):
    assert post(caller, {**LAPTOP, "days": 0}).status_code == 422
    assert post(caller, LAPTOP).status_code == 201


def test_a_request_that_met_a_defect_leaves_nothing_and_may_be_sent_again(caller, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("faur.services.projects.schemas.IssuedTokenOut.of", lambda issued: 1 / 0)
        assert post(caller, LAPTOP).status_code == 500
    assert (made(), Answer.objects.count()) == (0, 0)
    assert post(caller, LAPTOP).status_code == 201


def test_a_secret_in_an_answer_cannot_be_read_from_the_table(caller):
    secret = post(caller, LAPTOP).json()["token"]
    (answer,) = Answer.objects.all()
    assert secret.encode() not in bytes(answer.body)
    assert "key-1" not in (answer.key, answer.caller, answer.request)


@pytest.mark.parametrize("key", ["x" * 201, "tab\there"])
def test_a_key_that_is_none_is_refused(caller, key):
    assert post(caller, LAPTOP, key).json()["code"] == "invalid"


def test_answers_are_forgotten_after_a_day(caller):
    for key in ("old", "young"):
        post(caller, LAPTOP, key)
    old = Answer.objects.order_by("pk").first()
    Answer.objects.filter(pk=old.pk).update(created_at=old.created_at - KEPT_FOR - timedelta(seconds=1))
    forget_old_answers()
    assert Answer.objects.get().pk != old.pk


def test_a_token_that_was_revoked_gets_no_answer_again(caller):
    post(caller, LAPTOP)
    Token.objects.update(revoked_at=clock.now())
    again = post(caller, LAPTOP)
    assert (again.status_code, again.json()["code"], made()) == (401, "unauthenticated", 1)
