"""One endpoint at this gateway: its engine is started until it answers or cannot, and asked once it answers."""

import asyncio
from dataclasses import dataclass

import aiohttp

from faur.gateway.database import in_database
from faur.gateway.model_files import model_folder
from faur.kernel.errors import Refusal
from faur.kernel.problems import log
from faur.kernel.wiring import wired
from faur.services.serving.hot import EndpointNotReady, Opened, note_failed, note_ready
from faur.services.serving.ports import Engine, EngineFailed, EngineKind, ServedModel

ANSWER_SECONDS = 60.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    status: int
    body: bytes


class Served:
    """An endpoint, its engine, and the way to it, which is there once the engine answers."""

    def __init__(self, endpoint: Opened) -> None:
        self.endpoint = endpoint
        self._engine: Engine | None = None
        self._way: aiohttp.ClientSession | None = None
        self._starting = asyncio.create_task(self._start())

    async def ask(self, method: str, path: str, body: bytes) -> EngineAnswer:
        """What the engine answers.

        Raises:
            EndpointNotReady: it does not answer now.
        """
        if self._way is None or self._engine is None or not self._engine.alive:
            raise EndpointNotReady("starting")
        try:
            async with self._way.request(method, f"http://engine{path}", data=body or None) as answer:
                return EngineAnswer(answer.status, await answer.read())
        except (aiohttp.ClientError, TimeoutError):
            raise EndpointNotReady("restarting") from None

    async def end(self) -> None:
        """Start nothing more, answer what was asked already, and leave no process behind."""
        self._starting.cancel()
        await asyncio.wait([self._starting])
        if self._engine is not None:
            await self._engine.stop()
        if self._way is not None:
            await self._way.close()

    async def _start(self) -> None:
        """Try until it answers, or is known not to; whatever else fails may pass, so it is tried again, ever later."""
        pause = FIRST_PAUSE
        while not await self._tried():
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _tried(self) -> bool:
        """Whether there is nothing more to try: it answers and that is written down, or why it cannot is."""
        try:
            kind = wired(EngineKind, self.endpoint.format)
            if self._way is None:
                await self._open_way(kind)
            await in_database(note_ready, self.endpoint.uid, kind)
        except (EngineFailed, LookupError) as failed:
            return await self._give_up(str(failed))
        except Refusal as refusal:
            return not refusal.transient and await self._give_up(refusal.message)
        except Exception:
            log.exception("the engine of %s could not be started; it is tried again", self.endpoint.uid)
            return False
        return True

    async def _open_way(self, kind: EngineKind) -> None:
        endpoint = self.endpoint
        folder = await in_database(model_folder, endpoint.manifest, endpoint.files)
        self._engine = self._engine or kind.make()
        await self._engine.start([ServedModel(endpoint.name, folder)])
        connector = aiohttp.UnixConnector(path=str(self._engine.socket(endpoint.name)), limit=64)
        self._way = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS))

    async def _give_up(self, why: str) -> bool:
        """Write down why it cannot answer; False where that could not be, or is not the end of it."""
        try:
            return bool(await in_database(note_failed, self.endpoint.uid, why))
        except Exception:
            log.exception("%s failed (%s), which could not be written down yet", self.endpoint.uid, why)
            return False
