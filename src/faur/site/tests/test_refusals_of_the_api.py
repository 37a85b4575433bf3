"""Whatever is wrong with a request, the API answers with a problem: before any route, in the gateway, in the body."""

import json

import httpx
import pytest
from django.test import Client

from faur.gateway.app import HOT, make_application
from faur.kernel.actors.models import Token, User

pytestmark = pytest.mark.django_db

API = "/api/v1"


@pytest.fixture
def person() -> Client:
    """A client with the token of a person without any role."""
    user = User.objects.create_user("person@example.org", None, name="Person")
    _token, secret = Token.issue(user, "test", None)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def refusal(response) -> tuple[int, str]:
    assert response.headers["Content-Type"] == "application/problem+json"
    return response.status_code, json.loads(response.content)["code"]


@pytest.mark.parametrize("path", ["/nothing", "/projects/", "/", "/projects/x/y/z", "/../../etc", "/%ff"])
def test_an_unknown_address_is_not_found(person: Client, path: str) -> None:
    assert refusal(person.get(f"{API}{path}")) == (404, "not_found")


def test_a_method_that_an_address_does_not_know_is_named_with_those_it_knows(person: Client) -> None:
    response = person.delete(f"{API}/projects")
    assert refusal(response) == (405, "method_not_allowed")
    assert response.headers["Allow"] == "GET"


@pytest.mark.parametrize(
    ("why", "body"),
    [
        ("broken off", b'{"name": "x"'),
        ("not UTF-8", b'{"name": "\xff"}'),
        ("a NUL", b'{"name": "a\\u0000b"}'),
        ("half a character", b'{"name": "\\ud800"}'),
        ("half a character as a key", b'{"\\ud800": 1}'),
        ("text that turns round", '{"name": "\u202eevil"}'.encode()),
        ("a name that comes twice", b'{"name": "a", "days": 1, "name": "b"}'),
        ("no number", b'{"days": NaN}'),
        ("an infinity", b'{"days": 1e999}'),
        ("nested too deep", b"[" * 100 + b"]" * 100),
        ("nested without end", b"[" * 100_000),
        ("a number of a million digits", b"9" * 1_000_000),
    ],
)
def test_a_body_that_cannot_be_kept_is_refused(person: Client, why: str, body: bytes) -> None:
    response = person.post(f"{API}/tokens", body, content_type="application/json")
    assert refusal(response) == (422, "unreadable"), why


def test_a_body_of_the_wrong_shape_names_the_field(person: Client) -> None:
    response = person.post(f"{API}/tokens", {"name": 3}, content_type="application/json")
    assert refusal(response) == (422, "invalid")
    assert list(response.json()["fields"]) == ["body.name"]


def test_a_body_that_is_too_large_is_refused_before_it_is_read(person: Client) -> None:
    response = person.post(f"{API}/tokens", b"x" * (5 * 1024 * 1024), content_type="application/json")
    assert refusal(response) == (413, "body.too_large")


@pytest.mark.parametrize("path", ["/recipes?search=a%00b", "/recipes/a%00b"])
def test_an_address_with_a_nul_is_refused(person: Client, path: str) -> None:
    assert refusal(person.get(f"{API}{path}")) == (422, "unreadable")


def test_a_caller_without_a_token_is_told_so_before_anything_else(client: Client) -> None:
    assert refusal(client.get(f"{API}/projects")) == (401, "unauthenticated")


@pytest.mark.parametrize(("method", "path"), [(method, path) for method, path, _handler in HOT])
async def test_the_gateway_names_the_method_that_it_knows(method: str, path: str) -> None:
    async def behind(*_: object) -> None:
        raise AssertionError("the gateway answers this itself")

    transport = httpx.ASGITransport(make_application(behind=behind))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        response = await client.request("PATCH", path)
    assert refusal(response) == (405, "method_not_allowed")
    assert response.headers["Allow"] == method


async def test_an_address_with_a_line_break_goes_where_all_others_go() -> None:
    async def behind(_scope: object, _receive: object, send) -> None:
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    transport = httpx.ASGITransport(make_application(behind=behind))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        assert (await client.get("/api/v1/record/a%0Ab/1")).status_code == 299
