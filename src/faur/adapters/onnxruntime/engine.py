"""Keeps one worker process: starts it, waits until it answers, brings it back when it dies, ends it."""

import asyncio
import os
import shutil
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import faur
from faur.adapters.local.environment import passed_on
from faur.adapters.local.scratch import scratch
from faur.services.serving.ports import EngineFailed, ServedModel

READY_SECONDS = 60.0
GRACE_SECONDS = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 30.0
STEADY_SECONDS = 60.0
LONGEST_SOCKET = 100
"""Bytes in the path of a unix socket, everywhere: unix(7) gives it 108, macOS 104."""

_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR")


class OnnxEngine:
    """The `Engine` of serving on ONNX Runtime: all its models in one worker process, behind one socket."""

    def __init__(self, *, threads: int = 1) -> None:
        self._threads = threads
        self._models: dict[str, ServedModel] = {}
        self._folder: Path | None = None
        self._process: Process | None = None
        self._keeper: asyncio.Task[None] | None = None

    async def start(self, models: Sequence[ServedModel]) -> None:
        await self.stop()
        self._models = {model.name: model for model in models}
        self._folder = _folder_for_a_socket()
        try:
            self._process = await self._launch(self._folder)
        except BaseException:
            self._forget()
            raise
        self._keeper = asyncio.create_task(self._keep(self._folder, self._process))

    async def stop(self) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.wait([self._keeper])
            self._keeper = None
        if self._process is not None:
            await _end(self._process)
        self._forget()

    def socket(self, name: str) -> Path:
        if self._folder is None or name not in self._models:
            raise LookupError(f"the model {name!r} is not served here")
        return _socket(self._folder)

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def _keep(self, folder: Path, process: Process) -> None:
        """Bring the worker back whenever it dies, each time after a longer pause while it does not last."""
        pause, since = FIRST_PAUSE, time.monotonic()
        while True:
            await process.wait()
            self._process = None
            lasted = time.monotonic() - since > STEADY_SECONDS
            await asyncio.sleep(pause)
            pause = FIRST_PAUSE if lasted else min(pause * 2, LONGEST_PAUSE)
            with suppress(EngineFailed, OSError):  # no worker now, or no room for one: later perhaps
                since = time.monotonic()
                process = self._process = await self._launch(folder)

    async def _launch(self, folder: Path) -> Process:
        """A worker that answers. Raises EngineFailed, and leaves nothing running."""
        named = [f"--model={model.name}={model.folder}" for model in self._models.values()]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "faur.adapters.onnxruntime.worker"),
            *("--socket", str(_socket(folder)), "--threads", str(self._threads), *named),
            stdin=PIPE,
            stdout=PIPE,
            env=_environment(self._threads),
            cwd=folder,
        )
        try:
            said = await asyncio.wait_for(_first_line(process), READY_SECONDS)
        except BaseException as error:
            await _end(process, grace=0.0)
            if isinstance(error, TimeoutError):
                raise EngineFailed(f"The engine did not answer within {READY_SECONDS:.0f} seconds.") from None
            raise
        if said != "ready":
            await _end(process)
            raise EngineFailed(said or f"The engine ended with status {process.returncode} before it answered.")
        return process

    def _forget(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder, self._process, self._models = None, None, {}


def _folder_for_a_socket() -> Path:
    """In the process's own folder, to be swept after a crash, where a socket's path stays short enough there."""
    inside = len(os.fsencode(scratch())) <= LONGEST_SOCKET - len("/engine-12345678/engine")
    return Path(tempfile.mkdtemp(prefix="engine-", dir=scratch() if inside else None))


def _socket(folder: Path) -> Path:
    return folder / "engine"


def _environment(threads: int) -> dict[str, str]:
    """What a worker needs and no more: none of the factory's secrets, and no report to the library's maker."""
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | passed_on()
    source = str(Path(faur.__file__).resolve().parent.parent)
    return {**passed, "PYTHONPATH": source, "OMP_NUM_THREADS": str(threads)}


async def _first_line(process: Process) -> str:
    assert process.stdout is not None  # noqa: S101 - it was opened as a pipe
    return (await process.stdout.readline()).decode(errors="replace").strip()


async def _end(process: Process, grace: float = GRACE_SECONDS) -> None:
    """Close the worker's input, which ends it; kill it where it does not end in time."""
    if process.stdin is not None:
        process.stdin.close()
    with suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), grace)
        return
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()
