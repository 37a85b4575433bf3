"""Who watches a job sees it until it ends, and no longer than they may."""

from collections.abc import AsyncIterator
from types import SimpleNamespace

import pytest
from starlette.requests import Request

from faur.gateway import jobs
from faur.kernel.errors import NotFound
from faur.services.compute.hot import Glance
from faur.services.compute.queries import LogPart

RUNNING = Glance("running", "", None, ended=False)


class Looks:
    """A watched job that goes on, seen three times, and then ends."""

    async def looks(self, uid: str) -> AsyncIterator[Glance]:
        for _ in range(3):
            yield RUNNING
        yield Glance("completed", "", None, ended=True)


async def _seen(monkeypatch: pytest.MonkeyPatch, admitted: int) -> list[str]:
    """The names of the events for a watcher who is let in again `admitted` times."""
    left = [None] * admitted

    async def admit(_request: Request, _uid: str) -> None:
        if not left:
            raise NotFound
        left.pop()

    monkeypatch.setattr(jobs, "ASK_AGAIN_SECONDS", -1.0)
    monkeypatch.setattr(jobs, "_admit", admit)
    monkeypatch.setattr(jobs, "log_of", lambda uid, offset: LogPart(b"", offset, complete=True))
    state = SimpleNamespace(state=SimpleNamespace(jobs=Looks()))
    request = Request({"type": "http", "app": state, "headers": [], "path": "/"})
    return [event.decode().splitlines()[0] async for event in jobs._events(request, "job_1", 0)]


async def test_a_watcher_who_may_go_on_sees_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await _seen(monkeypatch, admitted=4) == ["event: state", "event: state", "event: end"]


async def test_a_watcher_who_may_no_longer_see_it_is_left_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await _seen(monkeypatch, admitted=1) == ["event: state"]
