"""Watched jobs are looked at together; each watcher sees every change and the end, and is forgotten afterwards."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from faur.gateway import watch as module
from faur.gateway.watch import JobWatch
from faur.services.compute.hot import Glance


def glance(state: str) -> Glance:
    return Glance(state, "", None, ended=state == "completed")


class Table:
    """What the jobs' table says, and how often it was asked."""

    def __init__(self, **states: str) -> None:
        self.states = states
        self.asked: list[list[str]] = []
        self.away = False

    def look(self, uids: list[str]) -> dict[str, Glance]:
        self.asked.append(sorted(uids))
        if self.away:
            raise OSError("away")
        return {uid: glance(self.states[uid]) for uid in uids if uid in self.states}


@pytest.fixture
def table(monkeypatch) -> Table:
    table = Table(a="running", b="pending")
    monkeypatch.setattr(module, "glances", table.look)
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.01)
    return table


@pytest.fixture
async def watch(table) -> AsyncIterator[JobWatch]:
    async with JobWatch() as watch:
        yield watch


async def seen_by(watch: JobWatch, uid: str) -> list[str]:
    states: list[str] = []
    async for look in watch.looks(uid):
        if not states or look.state != states[-1]:
            states.append(look.state)
    return states


async def until(holds) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.005)


async def test_a_watcher_sees_each_change_and_the_end(watch, table):
    seeing = asyncio.create_task(seen_by(watch, "a"))
    await until(lambda: len(table.asked) > 2)
    table.states["a"] = "completing"
    await until(lambda: table.asked[-1] == ["a"] and len(table.asked) > 5)
    table.states["a"] = "completed"
    assert await seeing == ["running", "completing", "completed"]


async def test_two_hundred_watchers_are_one_look(watch, table):
    seeing = [asyncio.create_task(seen_by(watch, "a")) for _ in range(200)]
    await until(lambda: len(table.asked) > 3)
    table.states["a"] = "completed"
    await asyncio.gather(*seeing)
    assert all(asked == ["a"] for asked in table.asked)
    assert len(table.asked) < 200


async def test_who_goes_away_is_looked_for_no_more_and_nobody_left_means_no_look(watch, table):
    seeing = {uid: asyncio.create_task(seen_by(watch, uid)) for uid in "ab"}
    await until(lambda: table.asked and table.asked[-1] == ["a", "b"])
    for uid, left in (("a", ["b"]), ("b", [])):
        seeing[uid].cancel()
        await asyncio.wait([seeing[uid]])
        await until(lambda left=left: table.asked[-1] == left)
    looks = len(table.asked)
    await asyncio.sleep(0.1)
    assert len(table.asked) <= looks + 1


async def test_a_look_that_fails_is_made_again(watch, table):
    table.away = True
    seeing = asyncio.create_task(seen_by(watch, "a"))
    await until(lambda: len(table.asked) > 2)
    table.away, table.states["a"] = False, "completed"
    assert await seeing == ["completed"]
