"""One engine for each wanted endpoint, kept in step with the table; requests go to it, and are counted."""

import asyncio
import time
from typing import Self

from faur.gateway.database import in_database
from faur.gateway.served import EngineAnswer, Served
from faur.kernel.problems import log
from faur.services.serving.hot import Doors, EndpointNotReady, Meter, Opened, write_usage

LOOK_SECONDS = 0.5
SOONEST_SECONDS = 0.05


class Engines:
    """All engines of this gateway, its table of keys and endpoints, and its meter."""

    def __init__(self) -> None:
        self.doors = Doors()
        self.meter = Meter()
        self._served: dict[str, Served] = {}
        self._ending: set[asyncio.Task[None]] = set()
        self._unwritten = self.meter.take()
        self._looking = asyncio.Lock()
        self._looked = 0.0
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._keep_in_step())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        for served in self._served.values():
            self._end(served)
        if self._ending:
            await asyncio.wait(self._ending)
        await self._write_usage()

    async def forward(self, endpoint: Opened, method: str, path: str, body: bytes) -> EngineAnswer:
        """What the endpoint's engine answers.

        Raises:
            EndpointNotReady: it does not answer now.
        """
        served = self._served.get(endpoint.name)
        if served is None or served.endpoint.uid != endpoint.uid:
            raise EndpointNotReady("starting" if endpoint.state == "ready" else endpoint.state)
        return await served.ask(method, path, body)

    async def look_now(self) -> None:
        """Look at the table for whoever comes with a key that may be newer than the last look.

        Not too often: one look is for all who came before it began.
        """
        came = time.monotonic()
        async with self._looking:
            if self._looked < came:
                await asyncio.sleep(max(0.0, self._looked + SOONEST_SECONDS - time.monotonic()))
                await self._look()

    async def _keep_in_step(self) -> None:
        while True:
            try:
                async with self._looking:
                    await self._look()
                await self._write_usage()
            except Exception:
                log.exception("the gateway could not look at its table")  # the next round tries again
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self) -> None:
        self._looked = time.monotonic()
        await in_database(self.doors.refresh)
        self._reconcile()

    def _reconcile(self) -> None:
        """End the engines that nobody wants any more, begin those that are missing."""
        wanted = {opened.name: opened for opened in self.doors.endpoints.values() if opened.state != "error"}
        for name, served in list(self._served.items()):
            if name not in wanted or wanted[name].uid != served.endpoint.uid:
                self._end(self._served.pop(name))
        for name, opened in wanted.items():
            if name not in self._served:
                self._served[name] = Served(opened)

    def _end(self, served: Served) -> None:
        """Beside the rounds: what is being answered may take a while."""
        ending = asyncio.create_task(served.end())
        self._ending.add(ending)
        ending.add_done_callback(self._ended)

    def _ended(self, ending: asyncio.Task[None]) -> None:
        self._ending.discard(ending)
        if not ending.cancelled() and (error := ending.exception()):
            log.error("an engine did not end as it should", exc_info=error)

    async def _write_usage(self) -> None:
        """What could not be written is kept for the next time; written twice it counts once."""
        self._unwritten = self._unwritten or self.meter.take()
        if self._unwritten:
            await in_database(write_usage, self._unwritten)
            self._unwritten = []
