"""An upload that stands still holds nobody else up, and is sent away in the end; one that breaks off leaves nothing."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.types import Message, Receive

from faur.adapters.files import FileBlobs
from faur.gateway import storing
from faur.gateway.storing import Broken, TooLarge, stored_body
from faur.kernel.blobs.ports import Blobs
from faur.kernel.units import MIB
from faur.kernel.wiring import wire, wired


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    before = wired(Blobs)
    wire(Blobs, FileBlobs(tmp_path))
    yield tmp_path
    wire(Blobs, before)


def _request(receive: Receive, length: int = 0) -> Request:
    headers = [(b"content-length", str(length).encode())] if length else []
    return Request({"type": "http", "method": "PUT", "path": "/", "headers": headers}, receive)


def _sender(messages: AsyncIterator[Message]) -> Receive:
    async def receive() -> Message:
        return await anext(messages)

    return receive


async def _in_parts(*parts: bytes) -> AsyncIterator[Message]:
    for part in parts:
        yield {"type": "http.request", "body": part, "more_body": True}
    yield {"type": "http.request", "body": b"", "more_body": False}


async def _gone_after(*parts: bytes) -> AsyncIterator[Message]:
    for part in parts:
        yield {"type": "http.request", "body": part, "more_body": True}
    yield {"type": "http.disconnect"}


async def _silent_until(end: asyncio.Event) -> AsyncIterator[Message]:
    yield {"type": "http.request", "body": b"begun", "more_body": True}
    await end.wait()
    yield {"type": "http.disconnect"}


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_body_is_stored_whole_and_in_order(folder: Path) -> None:
    parts = [bytes([number]) * 100_000 for number in range(30)]
    stored = await stored_body(_request(_sender(_in_parts(*parts))))
    assert b"".join(wired(Blobs).open(stored.digest)) == b"".join(parts)


async def test_an_empty_body_is_an_empty_file(folder: Path) -> None:
    assert (await stored_body(_request(_sender(_in_parts())))).size == 0


async def test_an_upload_that_breaks_off_leaves_nothing(folder: Path) -> None:
    with pytest.raises(Broken):
        await stored_body(_request(_sender(_gone_after(bytes(3 * MIB))), length=5 * 1024 * MIB))
    assert _files(folder) == []


async def test_a_file_larger_than_the_site_takes_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "GIB", MIB)
    monkeypatch.setattr(storing.config(), "upload_limit_gib", 1)
    for length in (0, 2 * MIB):
        with pytest.raises(TooLarge):
            await stored_body(_request(_sender(_in_parts(bytes(MIB), b"x")), length=length))
    assert _files(folder) == []


async def test_silent_uploads_hold_up_neither_others_nor_the_rest(folder: Path) -> None:
    end = asyncio.Event()
    requests = [_request(_sender(_silent_until(end))) for _ in range(storing.AT_ONCE - 1)]
    silent = [asyncio.create_task(stored_body(request)) for request in requests]
    stored = await stored_body(_request(_sender(_in_parts(b"through"))))
    assert await asyncio.to_thread(wired(Blobs).size, stored.digest) == len(b"through")
    assert not any(upload.done() for upload in silent)
    end.set()
    assert {type(ended) for ended in await asyncio.gather(*silent, return_exceptions=True)} == {Broken}
    assert len(_files(folder)) == 1


async def test_a_sender_who_falls_silent_is_sent_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "PIECE_SECONDS", 0.1)
    monkeypatch.setattr(storing, "PATIENCE_SECONDS", 60.0)
    with pytest.raises(Broken):
        await stored_body(_request(_sender(_silent_until(asyncio.Event()))))
    assert _files(folder) == []
