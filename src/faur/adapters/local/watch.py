"""Whether a job keeps to what it asked for: looked at a few times a second, and once more when it has ended."""

import time
from dataclasses import dataclass

from faur.adapters.local import outputs, processes
from faur.adapters.local.folder import JobFolder
from faur.adapters.local.joblog import in_words
from faur.adapters.local.tree import Tree
from faur.kernel.units import Bytes
from faur.services.compute.ports import JobSpec, JobState

_SHARE_FOR_LOOKING = 10
"""After a look at the disk, ten times as long passes before the next: it costs a tenth of a core at most."""
_LOOKS = 0.25


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a job has to end. `gentle`: with SIGTERM first, since nothing is in danger."""

    state: JobState
    reason: str
    message: str
    gentle: bool = False


class Watch:
    """Looks after one job from the moment it starts."""

    def __init__(self, folder: JobFolder, job: JobSpec, tree: Tree) -> None:
        self._folder = folder
        self._job = job
        self._tree = tree
        self._started = time.monotonic()
        self._next_look_at_disk = 0.0
        self.max_memory = Bytes(0)
        self.cpu_seconds = 0.0

    @property
    def elapsed(self) -> float:
        """Seconds since the start, by a clock that nobody sets."""
        return time.monotonic() - self._started

    @property
    def crowded(self) -> bool:
        """A glance that costs nothing: whether there seem to be more processes than there may be."""
        return self._tree.glance() > self._job.resources.max_processes

    def look(self) -> Verdict | None:
        """What the job does wrong now, the most dangerous first."""
        return self._count() or self._measure() or self._disk_now_and_then() or self._time()

    def look_at_disk(self) -> Verdict | None:
        """Whether the job has written more than it asked for."""
        limit = self._job.resources.disk
        try:
            size = sum(outputs.measured(path) for path in self._folder.written)
        except outputs.Unmeasurable:
            return _failed("job.disk_exceeded", "The job made folders that cannot be looked into.")
        if size <= limit:
            return None
        return _failed("job.disk_exceeded", f"The job wrote {in_words(size)}; it asked for {in_words(limit)}.")

    def _count(self) -> Verdict | None:
        limit, processes_now = self._job.resources.max_processes, self._tree.count()
        if processes_now <= limit:
            return None
        return _failed("job.too_many_processes", f"The job ran {processes_now} processes; it may run {limit}.")

    def _measure(self) -> Verdict | None:
        members = processes.alive(self._tree.pids())
        self.cpu_seconds = max(self.cpu_seconds, processes.cpu_seconds_of(members))
        limit = self._job.resources.memory
        used = processes.memory_of(members, limit)
        self.max_memory = max(self.max_memory, used)
        if used <= limit:
            return None
        message = f"The job used {in_words(used)} of memory; it asked for {in_words(limit)}."
        return Verdict(JobState.OUT_OF_MEMORY, "job.out_of_memory", message)

    def _disk_now_and_then(self) -> Verdict | None:
        began = time.monotonic()
        if began < self._next_look_at_disk:
            return None
        verdict = self.look_at_disk()
        took = time.monotonic() - began
        self._next_look_at_disk = began + max(_LOOKS, took * _SHARE_FOR_LOOKING)
        return verdict

    def _time(self) -> Verdict | None:
        if self._folder.asked_to_cancel:
            return Verdict(JobState.CANCELLED, "job.cancelled", "The job was cancelled.", gentle=True)
        if self.elapsed < self._job.duration:
            return None
        message = f"The job ran for the {self._job.duration} seconds that it asked for, and had not finished."
        return Verdict(JobState.TIMEOUT, "job.wall_time", message, gentle=True)


def _failed(reason: str, message: str) -> Verdict:
    return Verdict(JobState.FAILED, reason, message)
