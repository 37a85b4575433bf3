"""Two at one moment, or no database at all: the one who asked is told to try again, and nothing is half done."""

import json
import threading
from functools import partial

import pytest
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.test import Client

from faur.kernel.actors.models import Token, User
from faur.kernel.collisions import Collided, DatabaseAway, refusal_of
from faur.kernel.errors import NotFound
from faur.kernel.tests.side_by_side import at_once

LAPTOP = {"name": "laptop", "days": 7}


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (IntegrityError("UNIQUE constraint failed"), Collided),
        (OperationalError("database is locked"), DatabaseAway),
        (InterfaceError("connection already closed"), DatabaseAway),
        (NotFound(), NotFound),
        (DataError("out of range"), type(None)),
        (KeyError("x"), type(None)),
    ],
)
def test_what_nobody_did_wrong_can_be_tried_again_and_a_defect_stays_one(error, kind):
    assert type(refusal_of(error)) is kind


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (IntegrityError, 409, "collided"),
        (OperationalError, 503, "database.away"),
        (ZeroDivisionError, 500, "unexpected"),
    ],
)
def test_the_api_says_so_and_keeps_nothing(monkeypatch, error, status, code):
    user = User.objects.create_user("a@example.org", None, name="Person")
    client = Client(headers={"Authorization": f"Bearer {Token.issue(user, 'first', None)[1]}"})

    def fail(*_args: object, **_options: object) -> None:
        raise error("as it happens")

    monkeypatch.setattr("faur.kernel.actions.append", fail)
    answer = client.post("/api/v1/tokens", json.dumps(LAPTOP), content_type="application/json")
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (status, code, "2")
    assert not Token.objects.filter(name="laptop").exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_that_wait_for_each_other_one_is_told_to_try_again():
    if connection.vendor == "sqlite":
        return  # it has one writer at a time
    pks = [User.objects.create_user(f"{name}@example.org", None, name=name).pk for name in "ab"]
    both = threading.Barrier(2)

    def cross(first: int) -> object:
        try:
            with transaction.atomic():
                for turn, pk in enumerate((pks[first], pks[1 - first])):
                    User.objects.select_for_update().get(pk=pk)
                    if turn == 0:
                        both.wait(10)
        except OperationalError as error:
            return type(refusal_of(error))
        return None

    assert {*at_once([partial(cross, 0), partial(cross, 1)])} == {None, Collided}
