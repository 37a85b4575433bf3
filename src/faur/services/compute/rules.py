"""What may be argued about in a meeting: how a job's state moves, what it may cost, what is charged and kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil

from faur.kernel.units import KIB, MIB, Bytes, Seconds, Unit
from faur.services.compute.ports import Capabilities, JobState, OutputFile, ResourceSpec

MOST_FILES = 1000
MOST_PATHS = Bytes(256 * KIB)
"""All paths of a job's files together, in bytes of UTF-8: they stand in its entry of the record."""
REPORT_LIMIT = Bytes(64 * MIB)
"""What is kept of `report/` besides the bound on all that a job writes, so that a job's refusal is never lost."""

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
"""ECMA-48 control sequences, and operating system commands such as titles and links."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class State(StrEnum):
    """Where a job is: `created` and `submitted` are our own, the others are what the scheduler reports."""

    CREATED = "created"
    SUBMITTED = "submitted"
    PENDING = "pending"
    RUNNING = "running"
    COMPLETING = "completing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    LOST = "lost"


FINAL = frozenset(
    {State.COMPLETED, State.FAILED, State.CANCELLED, State.TIMEOUT, State.OUT_OF_MEMORY, State.LOST},
)
ACTIVE = frozenset(State) - FINAL

NEXT: Mapping[State, frozenset[State]] = {
    State.CREATED: frozenset({State.SUBMITTED, State.FAILED, State.CANCELLED, State.LOST}),
    State.SUBMITTED: frozenset({State.PENDING, State.RUNNING, State.COMPLETING}) | FINAL,
    State.PENDING: frozenset({State.RUNNING, State.COMPLETING}) | FINAL,
    State.RUNNING: frozenset({State.COMPLETING}) | FINAL,
    State.COMPLETING: FINAL,
    **{state: frozenset() for state in FINAL},
}
"""From each state, those that may follow: a job never goes back, and an ended one stays as it is."""


def after(now: State, seen: JobState) -> State:
    """The state of a job whose scheduler reports `seen`; an ended one is `completing` until its outputs are kept."""
    reported = State.COMPLETING if seen.final else State(seen)
    return reported if reported in NEXT[now] else now


@dataclass(frozen=True, slots=True)
class Use:
    """What a job was given and for how long: zero seconds where it never ran."""

    cores: int
    gpus: int
    elapsed: Seconds


def elapsed_between(started_at: datetime | None, ended_at: datetime | None) -> Seconds:
    """Whole seconds, begun ones included; at least one for a job that ran at all."""
    if started_at is None or ended_at is None:
        return Seconds(0)
    return Seconds(max(1, ceil((ended_at - started_at).total_seconds())))


def is_countable(resources: ResourceSpec, unit: Unit) -> bool:
    """Whether an allocation of `unit` can pay for these resources: cores alone, or GPUs with their cores."""
    return (resources.gpus > 0) == (unit == Unit.GPU_SECONDS)


def rate(cores: int, gpus: int, unit: Unit) -> int:
    """Units for one second of a job."""
    return gpus if unit == Unit.GPU_SECONDS else cores


def most(resources: ResourceSpec, duration: Seconds, unit: Unit) -> int:
    """Units that the job could use at most: what is held before it is queued."""
    return rate(resources.cores, resources.gpus, unit) * duration


def charge(state: State, use: Use, unit: Unit, held: int) -> int:
    """Units that an ended job is charged: what it was given for as long as it ran, whatever it made of it.

    Never more than was held: what the place needs to end a job is its own. Nothing for one that was lost or never ran.
    """
    if state == State.LOST:
        return 0
    return min(held, rate(use.cores, use.gpus, unit) * use.elapsed)


def beyond(resources: ResourceSpec, place: Capabilities) -> Mapping[str, str]:
    """What of the request is more than the whole place has, by the name of its field: asked and had."""
    pairs = {
        "cores": (resources.cores, place.cores),
        "gpus": (resources.gpus, place.gpus),
        "memory": (resources.memory, place.memory),
    }
    return {name: f"{asked} > {had}" for name, (asked, had) in pairs.items() if asked > had}


@dataclass(frozen=True, slots=True)
class Keeping:
    """Which of a job's files are kept, and the code of the reason why others are not."""

    files: tuple[OutputFile, ...]
    reason: str = ""


def kept(files: Sequence[OutputFile], disk: Bytes) -> Keeping:
    """All files of a job that kept to its bounds; of one that did not, its report alone."""
    report = tuple(file for file in files if file.path.startswith("report/"))
    if len(files) > MOST_FILES or sum(len(file.path.encode(errors="replace")) for file in files) > MOST_PATHS:
        return Keeping(_within(report), "job.too_many_files")
    if sum(file.size for file in files) > disk:
        return Keeping(_within(report), "job.disk_exceeded")
    return Keeping(tuple(files))


def _within(report: Sequence[OutputFile]) -> tuple[OutputFile, ...]:
    """The smallest files first, as many as the bounds allow."""
    chosen: list[OutputFile] = []
    size = 0
    for file in sorted(report, key=lambda file: file.size)[:MOST_FILES]:
        size += file.size
        if size > REPORT_LIMIT:
            break
        chosen.append(file)
    return tuple(chosen)


def pause(failed: int) -> Seconds:
    """How long to wait after an attempt that failed for the `failed`th time: 1, 2, 4 … 60 seconds."""
    return Seconds(min(60, 2 ** (min(failed, 7) - 1)))


def readable(log: str) -> str:
    """A log without what only a terminal understands: colours, cursors, and lines that were overwritten."""
    plain = _CONTROL.sub("", _ESCAPE.sub("", log.replace("\r\n", "\n")))
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in plain.split("\n"))


def plain(said: object, most: int) -> str:
    """What a program said, on one line and without what cannot be seen, `most` characters of it."""
    text = said if isinstance(said, str) else ""
    return "".join(character if character.isprintable() else " " for character in text[:most]).strip()
