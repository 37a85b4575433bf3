"""One engine for each wanted endpoint, kept in step with the table; requests go to it, and are counted."""

import asyncio
import contextlib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import aiohttp

from faur.gateway.database import in_database
from faur.kernel.blobs import Digest, blobs
from faur.kernel.config import config
from faur.kernel.problems import log
from faur.kernel.wiring import wired
from faur.services.serving.hot import Doors, EndpointNotReady, Meter, Opened, note_failed, note_ready, write_usage
from faur.services.serving.ports import Engine, EngineFailed, EngineKind, ServedModel

LOOK_SECONDS = 0.5
SOONEST_SECONDS = 0.05
ANSWER_SECONDS = 60.0


@dataclass(slots=True)
class Running:
    """An engine, the endpoint that it is for, and the way to it; `session` is there once it answers."""

    endpoint: Opened
    engine: Engine
    session: aiohttp.ClientSession | None = None


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    status: int
    body: bytes


class Engines:
    """All engines of this gateway, its table of keys and endpoints, and its meter."""

    def __init__(self) -> None:
        self.doors = Doors()
        self.meter = Meter()
        self._running: dict[str, Running] = {}
        self._starting: set[asyncio.Task[None]] = set()
        self._looking = asyncio.Lock()
        self._looked = 0.0
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._keep_in_step())
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in [*self._starting, *([self._task] if self._task else [])]:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await asyncio.gather(*(_end(running) for running in self._running.values()))
        await self._write_usage()

    async def forward(self, endpoint: Opened, method: str, path: str, body: bytes) -> EngineAnswer:
        """What the endpoint's engine answers.

        Raises:
            EndpointNotReady: it does not answer now.
        """
        running = self._running.get(endpoint.name)
        if running is None or running.session is None or not running.engine.alive:
            raise EndpointNotReady(endpoint.state if endpoint.state != "ready" else "starting")
        try:
            async with running.session.request(method, f"http://engine{path}", data=body or None) as answer:
                return EngineAnswer(answer.status, await answer.read())
        except (aiohttp.ClientError, TimeoutError):
            raise EndpointNotReady("restarting") from None

    async def look_now(self) -> None:
        """Look at the table at once, for whoever comes with a key that is newer than the last look; not too often."""
        async with self._looking:
            if time.monotonic() - self._looked >= SOONEST_SECONDS:
                await self._look()

    async def _look(self) -> None:
        changed = await in_database(self.doors.refresh)
        self._looked = time.monotonic()
        if changed:
            await self._reconcile()

    async def _keep_in_step(self) -> None:
        while True:
            try:
                async with self._looking:
                    await self._look()
                await self._write_usage()
            except Exception:
                log.exception("the gateway could not look at its table")  # the next round tries again
            await asyncio.sleep(LOOK_SECONDS)

    async def _reconcile(self) -> None:
        wanted = {opened.name: opened for opened in self.doors.endpoints.values() if opened.state != "error"}
        for name, running in list(self._running.items()):
            if name not in wanted or wanted[name].uid != running.endpoint.uid:
                await _end(self._running.pop(name))
        for name, opened in wanted.items():
            if name not in self._running:
                kind = wired(EngineKind, opened.format)
                running = self._running[name] = Running(opened, kind.make())
                task = asyncio.create_task(self._start(running, kind))
                self._starting.add(task)
                task.add_done_callback(self._starting.discard)

    async def _start(self, running: Running, kind: EngineKind) -> None:
        endpoint = running.endpoint
        try:
            folder = await in_database(_fetched, endpoint)
            await running.engine.start([ServedModel(endpoint.name, folder)])
        except EngineFailed as failed:
            await in_database(note_failed, endpoint.uid, str(failed))
            return
        connector = aiohttp.UnixConnector(path=str(running.engine.socket(endpoint.name)), limit=64)
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        running.session = aiohttp.ClientSession(connector=connector, timeout=timeout)
        await in_database(note_ready, endpoint.uid, kind)

    async def _write_usage(self) -> None:
        if windows := self.meter.take():
            await in_database(write_usage, windows)


async def _end(running: Running) -> None:
    if running.session is not None:
        await running.session.close()
    await running.engine.stop()


def _fetched(endpoint: Opened) -> Path:
    """The model's files in a folder, by the digest of their manifest; fetched once."""
    folder = config().root / "engines" / endpoint.manifest.removeprefix("sha256:")
    if (folder / ".complete").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    for path, digest in endpoint.files:
        with (folder / path).open("wb") as out:
            out.writelines(blobs().open(Digest(digest)))
    (folder / ".complete").touch()
    return folder
