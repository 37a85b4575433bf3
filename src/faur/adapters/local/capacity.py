"""What the machine has, who holds what of it, and who is next: first in, first out within a priority."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psutil

from faur.adapters.local.errors import JobTooLarge
from faur.adapters.local.joblog import in_words
from faur.adapters.local.records import Submission
from faur.kernel.units import Bytes

_CGROUP_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


@dataclass(frozen=True, slots=True)
class Capacity:
    """What jobs may hold together. GPUs are numbered from 0, as CUDA numbers them."""

    cores: int
    memory: Bytes
    gpus: int = 0

    @classmethod
    def of_this_machine(cls, cores: int = 0, memory: Bytes = Bytes(0), gpus: int = 0) -> Self:
        """What is given; for a 0 all cores that this process may use, and three quarters of the memory."""
        return cls(cores=cores or usable_cores(), memory=memory or Bytes(usable_memory() * 3 // 4), gpus=gpus)


@dataclass(frozen=True, slots=True, order=True)
class Ticket:
    """A job's place in the queue, and what it asks for."""

    rank: tuple[int, int] = field(compare=True)
    name: str = field(compare=True)
    cores: int = field(compare=False)
    memory: Bytes = field(compare=False)
    gpus: int = field(compare=False)

    @classmethod
    def of(cls, name: str, submission: Submission) -> Self:
        job = submission.job
        asked = job.resources
        return cls((-job.priority, submission.order), name, asked.cores, asked.memory, asked.gpus)


class Slots:
    """Who holds how much of the machine."""

    def __init__(self, capacity: Capacity) -> None:
        self.capacity = capacity
        self._held: dict[str, tuple[Ticket, tuple[str, ...]]] = {}

    def check(self, ticket: Ticket) -> None:
        """Raises JobTooLarge where the whole machine would not be enough."""
        has = self.capacity
        if ticket.cores > has.cores:
            raise JobTooLarge("cores", str(ticket.cores), str(has.cores))
        if ticket.memory > has.memory:
            raise JobTooLarge("memory", in_words(ticket.memory), in_words(has.memory))
        if ticket.gpus > has.gpus:
            raise JobTooLarge("gpus", str(ticket.gpus), str(has.gpus))

    def fits(self, ticket: Ticket) -> bool:
        """Whether it could start now."""
        held = [holder for holder, _gpus in self._held.values()]
        return (
            ticket.cores <= self.capacity.cores - sum(holder.cores for holder in held)
            and ticket.memory <= self.capacity.memory - sum(holder.memory for holder in held)
            and ticket.gpus <= len(self._free_gpus())
        )

    def take(self, ticket: Ticket) -> tuple[str, ...]:
        """Hold what a ticket that fits asks for; the GPUs that it gets."""
        gpus = tuple(self._free_gpus()[: ticket.gpus])
        self.retake(ticket, gpus)
        return gpus

    def retake(self, ticket: Ticket, gpus: tuple[str, ...]) -> None:
        """Hold again what a job held before the scheduler was started anew, whatever the machine has now."""
        self._held[ticket.name] = (ticket, gpus)

    def give_back(self, name: str) -> None:
        self._held.pop(name, None)

    def _free_gpus(self) -> list[str]:
        held = {gpu for _ticket, gpus in self._held.values() for gpu in gpus}
        return [gpu for gpu in map(str, range(self.capacity.gpus)) if gpu not in held]


def startable(queue: Iterable[Ticket], slots: Slots) -> Iterator[tuple[Ticket, tuple[str, ...]]]:
    """Those at the head that fit, each with its GPUs; nobody passes one that has to wait, so that none starves."""
    for ticket in queue:
        if not slots.fits(ticket):
            return
        yield ticket, slots.take(ticket)


def usable_cores() -> int:
    """The cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def usable_memory() -> Bytes:
    """The machine's memory, or what a container leaves of it."""
    limits = [path.read_text(encoding="ascii").strip() for path in _CGROUP_LIMITS if path.exists()]
    return Bytes(min([psutil.virtual_memory().total, *(int(limit) for limit in limits if limit.isdigit())]))
