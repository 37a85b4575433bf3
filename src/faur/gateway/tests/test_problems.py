"""Whatever a handler raises, the caller gets a problem in the words of the house."""

import json

import pytest
from django.db import OperationalError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from faur.gateway.problems import refusing
from faur.kernel.errors import Forbidden, Unauthenticated, Unavailable


async def answer_to(error: Exception) -> Response:
    @refusing
    async def handler(_request: Request) -> Response:
        raise error

    return await handler(Request({"type": "http", "method": "GET", "path": "/v2/models/x", "headers": []}))


@pytest.mark.parametrize(
    ("error", "status", "code", "headers"),
    [
        (Forbidden("x"), 403, "forbidden", {}),
        (Unauthenticated(), 401, "unauthenticated", {"www-authenticate": "Bearer"}),
        (Unavailable("Not now."), 503, "unavailable", {"retry-after": "2"}),
        (OperationalError("away"), 503, "database.away", {"retry-after": "2"}),
        (KeyError("a secret"), 500, "unexpected", {"retry-after": "2"}),
    ],
)
async def test_an_error_is_a_problem_with_its_code(error, status, code, headers):
    answer = await answer_to(error)
    said = json.loads(answer.body)
    assert (answer.status_code, said["code"], said["status"]) == (status, code, status)
    assert said["instance"] == "/v2/models/x"
    assert said["error"] == said["title"]
    assert "secret" not in json.dumps(said)
    told = {"www-authenticate", "retry-after"} & set(answer.headers)
    assert {name: answer.headers[name] for name in told} == headers


async def test_who_has_gone_away_is_told_nothing():
    assert (await answer_to(ClientDisconnect())).body == b""
