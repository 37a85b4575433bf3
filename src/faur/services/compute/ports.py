"""What compute asks of a place where jobs run, in the words of PSI/J and the states of Slurm."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from faur.kernel.units import GIB, MIB, Bytes, Seconds

RunName = NewType("RunName", str)
"""Our own identifier of a job, `job_01k…`: the name under which submitting twice runs once."""

Handle = NewType("Handle", str)
"""The scheduler's own identifier of a job."""


@dataclass(frozen=True, slots=True)
class ResourceSpec:
    """What a job asks for. `memory` and `disk` are per job, in bytes; `disk` bounds all that it writes."""

    node_count: int = 1
    process_count: int = 1
    cpu_cores_per_process: int = 1
    gpu_cores_per_process: int = 0
    memory: Bytes = Bytes(2 * GIB)
    disk: Bytes = Bytes(2 * GIB)
    max_processes: int = 256

    @property
    def cores(self) -> int:
        return self.node_count * self.process_count * self.cpu_cores_per_process

    @property
    def gpus(self) -> int:
        return self.node_count * self.process_count * self.gpu_cores_per_process


@dataclass(frozen=True, slots=True)
class InputFile:
    """Bytes placed at `path`, relative to the job's folder, read-only."""

    path: str
    digest: str
    size: Bytes


@dataclass(frozen=True, slots=True)
class JobSpec:
    """A job: what runs, with what, for how long at most.

    `executable` "python3" is the executor's job interpreter. The program starts in the job's folder, so that
    `program/train.py` is an argument; of the higher `priority` the earlier job goes first.
    """

    executable: str
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    resources: ResourceSpec = ResourceSpec()
    duration: Seconds = Seconds(3600)
    priority: int = 0
    inputs: tuple[InputFile, ...] = ()
    network: bool = False
    log_limit: Bytes = Bytes(64 * MIB)


class JobState(StrEnum):
    """The states that a scheduler can report, by Slurm's names; `LOST`: it no longer knows the job."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETING = "completing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    LOST = "lost"

    @property
    def final(self) -> bool:
        return self not in {JobState.PENDING, JobState.RUNNING, JobState.COMPLETING}


@dataclass(frozen=True, slots=True)
class Observation:
    """What the scheduler says of one job.

    `reason` is "" where all went well, or a stable code: `job.exit_code`, `job.signal`, `job.wall_time`,
    `job.cancelled`, `job.out_of_memory`, `job.disk_exceeded`, `job.too_many_processes`, `job.not_started`,
    `job.interrupted` (the machine went down), `job.supervisor_lost` (what watched over it died, and it with that).
    `message` says the same with figures, in English. `queue_position` is 1 for the next to start.
    """

    state: JobState
    reason: str = ""
    message: str = ""
    exit_code: int | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    sandbox: str = ""
    """`bubblewrap`, or `none`: then the job ran without a sandbox, and its page says so."""
    queue_position: int | None = None


@dataclass(frozen=True, slots=True)
class UsageRow:
    """What one job was allocated and for how long: charge `cores x elapsed`, whatever it made of them.

    `elapsed` counts begun seconds, and may pass the job's duration by the grace that it was given to end.
    """

    name: RunName
    handle: Handle
    state: JobState
    started_at: datetime
    ended_at: datetime
    cores: int
    gpus: int
    elapsed: Seconds
    cpu_seconds: float
    max_memory: Bytes


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file that the job left under `out/` or `report/`; `path` is relative to the job's folder."""

    path: str
    size: Bytes


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the place offers in all."""

    cores: int
    memory: Bytes
    gpus: int
    sandbox: str
    interpreter: str


class Scheduler(Protocol):
    """A place where jobs run. Every method may be called again after a crash without doing its work twice."""

    async def capabilities(self) -> Capabilities: ...

    async def submit(self, job: JobSpec, name: RunName) -> Handle:
        """Queue `job` under `name`; a name already known gives its handle and starts nothing, even a forgotten one.

        Raises:
            Refusal: `job.too_large`, `job.bad_specification`, `job.bad_input_path`, `job.input_damaged`; nothing of
                the job is left then.
        """
        ...

    async def poll(self, handles: Sequence[Handle]) -> Mapping[Handle, Observation]:
        """The state of each; one that the scheduler no longer knows is `LOST`."""
        ...

    async def cancel(self, handle: Handle) -> None:
        """End the job: SIGTERM, then after a grace period SIGKILL. Ending an ended job changes nothing."""
        ...

    async def log(self, handle: Handle, offset: int, limit: int = 65_536) -> bytes:
        """The log's bytes from `offset`, `limit` at most; empty where there is nothing more yet."""
        ...

    async def read(self, handle: Handle, path: str, offset: int = 0, limit: int = 1_048_576) -> bytes:
        """Bytes of a file under `out/` or `report/`; empty where it does not exist yet, or is a link.

        Raises:
            Refusal: `job.bad_output_path`; nothing else can be read.
        """
        ...

    async def outputs(self, handle: Handle) -> Sequence[OutputFile]:
        """The regular files that the job left, sorted by path; links and special files are not among them."""
        ...

    def usage(self, since: datetime) -> AsyncIterator[UsageRow]:
        """A row for each job that ended at or after `since`, in no order; one that never started used nothing."""
        ...

    async def forget(self, handle: Handle) -> None:
        """Remove the folder of an ended job whose outputs were collected; how it ended, and its usage, stay known.

        Raises:
            Refusal: `job.not_ended`.
        """
        ...
