"""A place where jobs run, of each kind that Faur has an adapter for, and the few verbs that its contract is told in."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from faur.adapters.files import FileBlobs
from faur.adapters.local.capacity import Capacity
from faur.adapters.local.scheduler import LocalScheduler
from faur.kernel.ids import new_uid
from faur.kernel.units import GIB, MIB, Bytes, Seconds
from faur.services.compute.ports import Handle, InputFile, JobSpec, Observation, ResourceSpec, RunName

SANDBOXED, PLAIN = "local", "local-without-sandbox"
CORES, MEMORY, GPUS = 2, 2 * GIB, 2
GRACE = 0.4
PATIENCE = 20.0
Files = Mapping[str, bytes]


def asks(
    *, cores: int = 1, gpus: int = 0, memory: int = 512 * MIB, disk: int = 64 * MIB, processes: int = 64
) -> ResourceSpec:
    """What a job asks for."""
    return ResourceSpec(
        cpu_cores_per_process=cores,
        gpu_cores_per_process=gpus,
        memory=Bytes(memory),
        disk=Bytes(disk),
        max_processes=processes,
    )


class Cluster:
    """One scheduler under test over the state in `folder`, and the store that its jobs' inputs come from."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.folder = folder
        self.blobs = FileBlobs(folder / "blobs")
        self.scheduler = self._scheduler()
        self._handles: list[Handle] = []

    def _scheduler(self) -> LocalScheduler:
        return LocalScheduler(
            self.folder / "jobs",
            Capacity(CORES, Bytes(MEMORY), GPUS),
            self.blobs,
            grace=GRACE,
            sandbox=self.kind == SANDBOXED,
        )

    def restart(self) -> None:
        """As a restart of the factory does."""
        self.scheduler.close()
        self.scheduler = self._scheduler()

    def job(self, program: str, files: Files | None = None, **spec: object) -> JobSpec:
        """A job of one Python program, and files besides."""
        contents = {"program/main.py": textwrap.dedent(program).encode(), **(files or {})}
        stored = {path: self.blobs.put([content]) for path, content in contents.items()}
        inputs = tuple(InputFile(path, blob.digest, blob.size) for path, blob in stored.items())
        usual = {"arguments": ("program/main.py",), "duration": Seconds(60), "resources": asks()}
        return JobSpec("python3", inputs=inputs, **{**usual, **spec})

    async def submit(self, program: str, files: Files | None = None, *, name: str = "", **spec: object) -> Handle:
        handle = await self.scheduler.submit(self.job(program, files, **spec), RunName(name or new_uid("job")))
        self._handles.append(handle)
        return handle

    async def run(self, program: str, files: Files | None = None, **spec: object) -> tuple[Observation, str]:
        """Submit a job and wait for its end; how it ended, and its log."""
        handle = await self.submit(program, files, **spec)
        return await self.ended(handle), await self.text(handle)

    async def observe(self, handle: Handle) -> Observation:
        return (await self.scheduler.poll([handle]))[handle]

    async def ended(self, handle: Handle) -> Observation:
        return await self.until(handle, lambda seen: seen.state.final)

    async def until(self, handle: Handle, holds: Callable[[Observation], bool]) -> Observation:
        """Wait until what is observed of the job `holds`."""
        deadline = time.monotonic() + PATIENCE
        while not holds(seen := await self.observe(handle)):
            assert time.monotonic() < deadline, f"still {seen}; log: {await self.text(handle)}"
            await asyncio.sleep(0.03)
        return seen

    async def said(self, handle: Handle, words: str) -> None:
        """Wait until the job's log holds these words."""
        deadline = time.monotonic() + PATIENCE
        while words not in await self.text(handle):
            assert time.monotonic() < deadline, f"never said {words!r}: {await self.observe(handle)}"
            await self.scheduler.poll([])
            await asyncio.sleep(0.03)

    async def text(self, handle: Handle) -> str:
        return (await self.scheduler.log(handle, 0, 4 * MIB)).decode(errors="replace")

    async def clear(self) -> None:
        """Leave nothing running."""
        for handle in self._handles:
            await self.scheduler.cancel(handle)
        for handle in self._handles:
            await self.ended(handle)
        self.scheduler.close()


async def factory_that_is_killed(cluster: Cluster, names: Sequence[str], program: str) -> None:
    """A process of its own submits jobs under `names`, waits until the first runs, and is killed -9."""
    command = [sys.executable, str(Path(__file__).with_name("factory.py"))]
    arguments = [cluster.kind, str(cluster.folder), textwrap.dedent(program), *names]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([*command, *arguments], env=environment, stdout=subprocess.PIPE) as factory:
        line = await asyncio.to_thread(factory.stdout.readline)
        factory.send_signal(signal.SIGKILL)
    assert line == b"under way\n"
