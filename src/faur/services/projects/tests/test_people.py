"""Accounts, tokens, and how guessing is slowed down."""

import json
from datetime import timedelta

import pytest

from faur.kernel import clock
from faur.kernel.actors.actor import FACTORY, Role
from faur.kernel.actors.models import Token, User
from faur.kernel.config import config
from faur.kernel.errors import Forbidden, NotFound
from faur.kernel.record import Entry
from faur.services.projects.actions.appoint import appoint
from faur.services.projects.actions.dismiss import dismiss
from faur.services.projects.actions.issue_token import issue_token
from faur.services.projects.errors import LastOperator, UnknownRole
from faur.services.projects.tests import world

pytestmark = pytest.mark.django_db
NEW = {"email": "Ion@Example.org", "name": "Ion Ionescu", "password": world.PASSWORD, "language": "ro"}


@pytest.fixture(autouse=True)
def passwords_are_hashed_fast(settings):
    settings.PASSWORD_HASHERS = world.FAST


def post(client, path, body, **headers):
    return client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=headers)


def sign_in(client, password, **headers):
    return post(client, "/tokens", {"email": NEW["email"], "password": password, "name": "t"}, **headers)


def test_anybody_makes_an_account_and_gets_a_token_for_it(client):
    made = post(client, "/people", NEW)
    assert made.status_code == 201
    assert made.json()["email"] == "ion@example.org"
    secret = sign_in(client, NEW["password"]).json()["token"]
    me = client.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).json()
    assert (me["id"], me["language"], me["roles"]) == (made.json()["id"], "ro", [])


def test_a_taken_address_is_refused_without_saying_that_it_is_taken(client):
    post(client, "/people", NEW)
    again = post(client, "/people", NEW | {"email": "ION@example.org"})
    assert (again.status_code, again.json()["code"]) == (409, "person.not_registered")
    assert "taken" not in again.json()["title"]
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no address"),
        ("email", "a" * 300 + "@x.org"),
        ("name", " "),
        ("language", "xx"),
        ("password", "short"),
        ("password", "1234567890"),
        ("password", "ion@example.org"),
        ("password", "x" * 300),
    ],
)
def test_a_person_that_cannot_be_is_refused_by_field(client, field, value):
    refused = post(client, "/people", NEW | {field: value})
    assert refused.status_code == 422
    assert any(name.endswith(field) for name in refused.json()["fields"])
    assert not User.objects.exists()


def test_a_closed_site_registers_nobody_but_by_its_operator(client, monkeypatch):
    monkeypatch.setattr(config(), "registration", False)
    assert post(client, "/people", NEW).json()["code"] == "person.registration_closed"
    assert world.person("Mara").pk


def test_neither_name_nor_address_goes_into_the_record(client):
    post(client, "/people", NEW)
    user = User.objects.get()
    world.project(user)
    written = "".join(bytes(entry.body).decode() for entry in Entry.objects.all())
    assert user.uid in written
    assert not [word for word in ("Ion", "ion@example.org", "Atelier") if word in written]


@pytest.mark.parametrize("key", ["", "the-same-key"])
def test_after_ten_failures_even_the_right_password_waits(client, key, monkeypatch):
    post(client, "/people", NEW)
    headers = {"Idempotency-Key": key} if key else {}
    for _ in range(10):
        assert sign_in(client, "wrong", **headers).json()["code"] == "auth.wrong"
    refused = sign_in(client, NEW["password"])
    assert (refused.status_code, refused.json()["code"], refused.json()["transient"]) == (429, "auth.too_many", True)
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert sign_in(client, NEW["password"]).status_code == 201


def test_failures_from_one_place_do_not_lock_a_person_out_of_another(client):
    post(client, "/people", NEW)
    for _ in range(10):
        sign_in(client, "wrong")
    body = json.dumps({"email": NEW["email"], "password": NEW["password"], "name": "t"})
    elsewhere = client.post("/api/v1/tokens", body, content_type="application/json", REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 201


def test_the_right_password_forgives_the_wrong_ones(client):
    post(client, "/people", NEW)
    for password in ["wrong"] * 9 + [NEW["password"]] + ["wrong"] * 9:
        sign_in(client, password)
    assert sign_in(client, NEW["password"]).status_code == 201


def test_looking_for_addresses_by_registering_is_slowed_down(client):
    post(client, "/people", NEW)
    codes = [post(client, "/people", NEW).json()["code"] for _ in range(11)]
    assert codes == ["person.not_registered"] * 10 + ["auth.too_many"]


def test_a_token_needs_a_password_or_a_token(client):
    assert post(client, "/tokens", {"name": "t"}).status_code == 401
    assert post(client, "/tokens", {"name": "t", "email": NEW["email"]}).status_code == 422
    made = post(client, "/tokens", {"name": "second", "days": 2}, **world.bearer(world.person()))
    assert made.status_code == 201
    assert made.json()["token"].startswith(made.json()["prefix"])


def test_a_revoked_token_opens_nothing_and_no_one_revokes_anothers(client):
    mine, theirs = world.bearer(ana := world.person()), world.bearer(world.person("Bogdan"))
    uid = Token.objects.get(user=ana).uid
    assert client.delete(f"/api/v1/tokens/{uid}", headers=theirs).status_code == 404
    assert client.delete(f"/api/v1/tokens/{uid}", headers=mine).status_code == 204
    assert client.get("/api/v1/me", headers=mine).status_code == 401


def test_nobody_makes_a_token_for_somebody_else():
    ana, bogdan = world.person(), world.person("Bogdan")
    with pytest.raises(NotFound):
        issue_token(world.acting(ana), bogdan, name="not mine")


def test_operators_appoint_and_dismiss_and_one_always_stays():
    ana, bogdan = world.person("Ana", Role.OPERATOR), world.person("Bogdan")
    appoint(world.acting(ana), FACTORY, user=bogdan, role="evaluator")
    assert world.acting(bogdan).has(Role.EVALUATOR)
    with pytest.raises(Forbidden):
        appoint(world.acting(bogdan), FACTORY, user=bogdan, role="operator")
    with pytest.raises(UnknownRole):
        appoint(world.acting(ana), FACTORY, user=bogdan, role="lead")
    with pytest.raises(LastOperator):
        dismiss(world.acting(ana), FACTORY, user=ana, role="operator")
    dismiss(world.acting(ana), FACTORY, user=bogdan, role="evaluator")
    assert not world.acting(bogdan).grants


def test_roles_in_the_factory_over_the_api(client):
    operator, ana = world.bearer(world.person("Olga", Role.OPERATOR)), world.person()
    made = post(client, "/roles", {"email": ana.email, "role": "auditor"}, **operator)
    assert (made.status_code, made.json()["person"]) == (201, ana.uid)
    assert post(client, "/roles", {"email": "no@example.org", "role": "auditor"}, **operator).status_code == 422
    assert client.get("/api/v1/roles", headers=world.bearer(world.person("Dan"))).status_code == 403
    assert client.delete(f"/api/v1/roles/{ana.uid}/auditor", headers=operator).status_code == 204
    assert client.get("/api/v1/roles", headers=operator).json()["total"] == 1
