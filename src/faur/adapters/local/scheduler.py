"""The local executor behind compute's port: what Slurm is to a centre, for one machine and without privileges."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from faur.adapters.local import outputs, specification
from faur.adapters.local.capacity import Capacity, Slots
from faur.adapters.local.dispatcher import Dispatcher
from faur.adapters.local.errors import BadSpecification
from faur.adapters.local.folder import JobFolder
from faur.adapters.local.paths import output_names
from faur.adapters.local.records import Exit, moment
from faur.adapters.local.root import Root, is_name
from faur.adapters.local.start import Starter
from faur.kernel.blobs.ports import Blobs
from faur.services.compute.ports import (
    Capabilities,
    Handle,
    JobSpec,
    Observation,
    OutputFile,
    RunName,
    UsageRow,
)

_BATCH = 200
"""So many ends of jobs are read at once: memory stays flat whatever their number."""


class LocalScheduler:
    """Runs jobs on this machine; fulfils `compute.ports.Scheduler`.

    All state lies under `root`, and one process alone schedules it. Jobs go on when that process ends, however it
    ends; the next one finds them. `interpreter` is what a job's `python3` is; `grace` the seconds between SIGTERM and
    SIGKILL; without `sandbox` jobs run unconfined even where bubblewrap works.
    """

    def __init__(
        self,
        root: Path,
        capacity: Capacity,
        blobs: Blobs,
        interpreter: Path = Path(sys.executable),
        *,
        grace: float = 10.0,
        sandbox: bool = True,
    ) -> None:
        self._root = Root(root.absolute())
        self._capacity = capacity
        self._blobs = blobs
        self._starter = Starter(interpreter, grace, sandbox=sandbox)
        self._dispatcher = Dispatcher(self._root, Slots(capacity), self._starter)

    async def capabilities(self) -> Capabilities:
        return Capabilities(
            cores=self._capacity.cores,
            memory=self._capacity.memory,
            gpus=self._capacity.gpus,
            sandbox=await asyncio.to_thread(self._starter.sandbox),
            interpreter=str(self._starter.interpreter),
        )

    async def submit(self, job: JobSpec, name: RunName) -> Handle:
        """Queue `job` under `name`; a name already known gives its handle and starts nothing.

        Raises:
            BadSpecification, BadInputPath: it cannot be right on any machine.
            JobTooLarge: it asks for more than this machine has.
            BlobNotFound, InputDamaged: an input is not in the store, or not as the job names it.
            AnotherScheduler: another process schedules here.
        """
        if not is_name(name):
            raise BadSpecification("name", f"{name!r} is not the name of a job")
        await asyncio.to_thread(self._submit, job, name)
        return Handle(name)

    async def tick(self) -> None:
        """Start what fits. Every call of `submit` and `poll` does so too."""
        await asyncio.to_thread(self._dispatcher.tick)

    async def poll(self, handles: Sequence[Handle]) -> Mapping[Handle, Observation]:
        return await asyncio.to_thread(self._dispatcher.seen, handles)

    async def cancel(self, handle: Handle) -> None:
        await asyncio.to_thread(self._dispatcher.cancel, handle)

    async def log(self, handle: Handle, offset: int, limit: int = 65_536) -> bytes:
        folder = self._folder(handle)
        return await asyncio.to_thread(outputs.read_plain, folder.log, offset, limit) if folder else b""

    async def read(self, handle: Handle, path: str, offset: int = 0, limit: int = 1_048_576) -> bytes:
        """Raises BadOutputPath where `path` does not lie under `out/` or `report/`."""
        names = output_names(path)
        folder = self._folder(handle)
        return await asyncio.to_thread(outputs.read, folder.box, names, offset, limit) if folder else b""

    async def outputs(self, handle: Handle) -> Sequence[OutputFile]:
        folder = self._folder(handle)
        return await asyncio.to_thread(outputs.listed, folder.box) if folder else []

    async def usage(self, since: datetime) -> AsyncIterator[UsageRow]:
        endings = self._root.endings_since(since)
        while batch := await asyncio.to_thread(lambda: list(islice(endings, _BATCH))):
            for name, ending in batch:
                if ending.started_at is not None:
                    yield _row(name, ending)

    async def forget(self, handle: Handle) -> None:
        """Raises JobStillThere where the job has not ended."""
        if is_name(handle):
            await asyncio.to_thread(self._dispatcher.forget, handle)

    def close(self) -> None:
        """Let another process schedule here; the jobs go on."""
        self._dispatcher.close()

    def _submit(self, job: JobSpec, name: RunName) -> None:
        if not self._dispatcher.knows(name):
            specification.check(job)
            self._dispatcher.submit(job, name, self._blobs)

    def _folder(self, handle: Handle) -> JobFolder | None:
        return self._root.folder(handle) if is_name(handle) else None


def _row(name: str, ending: Exit) -> UsageRow:
    ended_at = moment(ending.ended_at)
    return UsageRow(
        name=RunName(name),
        handle=Handle(name),
        state=ending.state,
        started_at=moment(ending.started_at) if ending.started_at is not None else ended_at,
        ended_at=ended_at,
        cores=ending.cores,
        gpus=ending.gpus,
        elapsed=ending.charged,
        cpu_seconds=ending.cpu_seconds,
        max_memory=ending.max_memory,
    )
