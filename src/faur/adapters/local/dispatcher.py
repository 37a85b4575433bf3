"""The queue of one machine: who waits, who holds slots, who is next. What counts is on the disk."""

import os
import threading
import time
from bisect import insort
from collections.abc import Mapping, Sequence
from typing import TypeVar

from faur.adapters.local import inputs, outputs, processes
from faur.adapters.local.capacity import Slots, Ticket, startable
from faur.adapters.local.environment import trait_of
from faur.adapters.local.errors import JobStillThere
from faur.adapters.local.folder import JobFolder
from faur.adapters.local.records import Claim, Exit, Submission
from faur.adapters.local.root import Root
from faur.adapters.local.start import Starter, last_words
from faur.adapters.local.tree import kill_until_none, with_trait
from faur.kernel.blobs.ports import Blobs
from faur.services.compute.ports import JobSpec, JobState, Observation

Seen = TypeVar("Seen", bound=str)

_STARTS = 3
"""So often is a shepherd started that ends before it claims its job; then the machine is at fault."""


class Dispatcher:
    """Schedules the jobs under one root, which it locks at its first use."""

    def __init__(self, root: Root, slots: Slots, starter: Starter) -> None:
        self._root = root
        self._slots = slots
        self._starter = starter
        self._mutex = threading.RLock()
        self._lock: int | None = None
        self._last_order = 0
        self._waiting: list[Ticket] = []
        self._holding: dict[str, int] = {}
        """How often a shepherd was started for each job that holds slots."""

    def open(self) -> None:
        """Become the scheduler of this root and find the jobs that an earlier one left; once.

        Raises:
            AnotherScheduler: another process, or another object of this one, is.
        """
        with self._mutex:
            if self._lock is None:
                self._lock = self._root.lock()
                self._root.clear_passing()
                for folder in self._root.folders():
                    self._resume(folder)

    def close(self) -> None:
        """Let another process schedule; the jobs go on."""
        with self._mutex:
            if self._lock is not None:
                os.close(self._lock)
            self._lock = None
            for name in self._holding:
                self._slots.give_back(name)
            self._waiting, self._holding = [], {}

    def tick(self) -> None:
        """Take back the slots of those that ended, and start those at the head of the queue that fit."""
        with self._mutex:
            self.open()
            for name in list(self._holding):
                self._look_after(self._root.folder(name))
            for ticket, gpus in list(startable(self._waiting, self._slots)):
                folder = self._root.folder(ticket.name)
                folder.give_place(self._starter.place(gpus))
                self._waiting.remove(ticket)
                self._start(folder)

    def submit(self, job: JobSpec, name: str, blobs: Blobs) -> None:
        """Queue the job, with its inputs, unless one of that name is known."""
        if self.knows(name):
            return
        self._slots.check(Ticket.of(name, Submission(job, 0)))
        arriving = self._root.arriving(name)
        try:
            self._furnish(arriving, job, blobs)
            with self._mutex:
                submission = Submission(job, self._next_order())
                arriving.submit(submission)
                if not self.knows(name) and self._root.admit(arriving, name):
                    insort(self._waiting, Ticket.of(name, submission))
        finally:
            if arriving.path.exists():
                outputs.remove(arriving.path)
        self.tick()

    def knows(self, name: str) -> bool:
        with self._mutex:
            self.open()
            return self._root.knows(name)

    def cancel(self, name: str) -> None:
        """End a job that waits, at once; ask the shepherd of one that runs to end it."""
        with self._mutex:
            if not self.knows(name) or self._root.ending(name):
                return
            folder = self._root.folder(name)
            ticket = next((ticket for ticket in self._waiting if ticket.name == name), None)
            if ticket is None:
                folder.ask_to_cancel()
                return
            self._waiting.remove(ticket)
            self._end_unstarted(folder, JobState.CANCELLED, "job.cancelled", "The job was cancelled before it began.")

    def forget(self, name: str) -> None:
        """Remove the folder of a job that ended.

        Raises:
            JobStillThere: it has not.
        """
        with self._mutex:
            self.open()
            folder = self._root.folder(name)
            if not folder.path.exists():
                return
            ending = folder.exit()
            if ending is None:
                raise JobStillThere(name)
            self._look_after(folder)
            leaving = self._root.forget(folder, ending)
        outputs.remove(leaving)

    def seen(self, names: Sequence[Seen]) -> Mapping[Seen, Observation]:
        """How each job stands now, all at one moment."""
        with self._mutex:
            self.tick()
            positions = {ticket.name: place for place, ticket in enumerate(self._waiting, start=1)}
            return {name: self._seen(name, positions) for name in names}

    def _seen(self, name: str, positions: Mapping[str, int]) -> Observation:
        if name in positions:
            return Observation(JobState.PENDING, queue_position=positions[name])
        if ending := self._root.ending(name):
            return ending.observed()
        if name in self._holding:
            return self._root.folder(name).observed()
        return Observation(JobState.LOST)

    def _resume(self, folder: JobFolder) -> None:
        submission = None if folder.exit() else folder.submission()
        if submission is None:
            return
        ticket = Ticket.of(folder.name, submission)
        self._last_order = max(self._last_order, submission.order)
        place = folder.place()
        if place is None and folder.claim():  # this program ended while it ended a job that waited
            folder.end(Exit.before_start(JobState.CANCELLED, "job.cancelled"))
        elif place is None:
            insort(self._waiting, ticket)
        else:
            self._slots.retake(ticket, place.gpus)
            self._holding[folder.name] = 0

    def _furnish(self, arriving: JobFolder, job: JobSpec, blobs: Blobs) -> None:
        for path in (arriving.box, arriving.scratch):
            path.mkdir()
        for path in (*arriving.private, *arriving.left):
            path.mkdir()
        inputs.fetch(job.inputs, arriving.box, blobs)

    def _next_order(self) -> int:
        self._last_order = max(self._last_order + 1, time.time_ns())
        return self._last_order

    def _look_after(self, folder: JobFolder) -> None:
        if self._has_ended(folder):
            self._slots.give_back(folder.name)
            self._holding.pop(folder.name, None)
        self._starter.sweep(folder.name)

    def _has_ended(self, folder: JobFolder) -> bool:
        if folder.exit():
            return True
        claim = folder.claim()
        if claim is None:
            return not self._starter.on_its_way(folder.name) and not self._start(folder)
        if processes.lives(claim.pid, claim.mark):
            return False
        self._end_lost(folder, claim)
        return True

    def _start(self, folder: JobFolder) -> bool:
        """Start a shepherd; False where that was tried often enough, and the job is ended instead."""
        starts = self._holding.get(folder.name, 0)
        if starts == _STARTS:
            message = f"The job's supervisor could not start. {last_words(folder)}"
            return not self._end_unstarted(folder, JobState.FAILED, "job.supervisor_lost", message)
        self._holding[folder.name] = starts + 1
        self._starter.start(folder)
        return True

    def _end_unstarted(self, folder: JobFolder, state: JobState, reason: str, message: str) -> bool:
        """Claim the job, so that nobody starts it any more, and end it; False where a shepherd was first."""
        if folder.make_claim(sandbox="") is None:
            return False
        return folder.end(Exit.before_start(state, reason, message))

    def _end_lost(self, folder: JobFolder, claim: Claim) -> None:
        submission, place = folder.submission(), folder.place()
        if submission is None or place is None:
            return
        trait = trait_of(folder, place)
        kill_until_none(lambda: with_trait(trait))
        folder.end(_lost(claim, submission.job, last_words(folder)))


def _lost(claim: Claim, job: JobSpec, words: str) -> Exit:
    """The end of a job whose shepherd died. When it died nobody saw: charged until now, its whole time at most."""
    now = time.time()
    return Exit(
        state=JobState.FAILED,
        reason="job.supervisor_lost",
        message=f"The job's supervisor ended unexpectedly, and the job with it. {words}".strip(),
        ended_at=now,
        started_at=claim.started_at,
        elapsed=max(0.0, min(now - claim.started_at, float(job.duration))),
        sandbox=claim.sandbox,
        cores=job.resources.cores,
        gpus=job.resources.gpus,
    )
