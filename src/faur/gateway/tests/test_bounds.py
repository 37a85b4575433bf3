"""No body reaches what lies behind the gateway beyond its bound, whatever its sender declared."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from faur.gateway.bounds import Bounded, OneLength

MOST = 1000


async def _behind(scope: Scope, receive: Receive, send: Send) -> None:
    """What counts all that it is sent before it answers."""
    body = await Request(scope, receive).body()
    await Response(str(len(body)))(scope, receive, send)


async def _sent(content: bytes | AsyncIterator[bytes]) -> httpx.Response:
    transport = httpx.ASGITransport(Bounded(_behind, most=MOST))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        return await client.post("/", content=content)


async def _undeclared(size: int) -> AsyncIterator[bytes]:
    for _ in range(0, size, 100):
        yield bytes(100)


@pytest.mark.parametrize("size", [0, 1, MOST])
async def test_a_body_within_the_bound_passes(size: int) -> None:
    assert (await _sent(bytes(size))).text == str(size)


async def test_a_body_declared_too_large_is_refused() -> None:
    answer = await _sent(bytes(MOST + 1))
    assert (answer.status_code, json.loads(answer.content)["code"]) == (413, "body.too_large")


async def test_a_body_of_undeclared_size_is_cut_off_at_the_bound() -> None:
    assert (await _sent(_undeclared(MOST))).text == str(MOST)
    answer = await _sent(_undeclared(MOST + 100))
    assert (answer.status_code, json.loads(answer.content)["code"]) == (413, "body.too_large")


async def test_a_request_that_says_its_length_twice_is_refused_and_the_connection_closed() -> None:
    transport = httpx.ASGITransport(OneLength(_behind))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        both = {"Content-Length": "4", "Transfer-Encoding": "chunked"}
        answer = await client.post("/", content=b"0\r\n\r\n", headers=both)
        assert (answer.status_code, answer.json()["code"], answer.headers["Connection"]) == (422, "unreadable", "close")
        assert (await client.post("/", content=b"once")).text == "4"
