"""Watched jobs are looked at together, twice a second: two hundred watchers cost what one costs."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from typing import Self

from faur.gateway.database import in_database
from faur.kernel.problems import log
from faur.services.compute.hot import Glance, glances

LOOK_SECONDS = 0.5


class JobWatch:
    """The last look at every job that somebody watches. Sleeps while nobody does."""

    def __init__(self) -> None:
        self._watchers: Counter[str] = Counter()
        self._seen: dict[str, Glance] = {}
        self._looked = asyncio.Condition()
        self._wanted = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._look_on())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def looks(self, uid: str) -> AsyncIterator[Glance]:
        """A look at the job, at once and then after every round, until it has ended."""
        self._watchers[uid] += 1
        self._wanted.set()
        try:
            while True:
                async with self._looked:
                    await self._looked.wait()
                glance = self._seen.get(uid)
                if glance is None:
                    continue
                yield glance
                if glance.ended:
                    return
        finally:
            self._watchers[uid] -= 1
            self._watchers += Counter()  # drops what nobody watches any more

    async def _look_on(self) -> None:
        while True:
            await self._wanted.wait()
            try:
                self._seen = await in_database(glances, list(self._watchers))
            except Exception:
                log.exception("watched jobs could not be looked at")  # the next round tries again
            async with self._looked:
                self._looked.notify_all()
            if not self._watchers:
                self._wanted.clear()
            await asyncio.sleep(LOOK_SECONDS)
