"""One job's folder: where everything lies, and who may write what when.

How a job is never run twice, whoever dies when:

1. `spec.json` comes with the folder, by one rename. The job waits.
2. `place.json` is written by the scheduler before it starts a shepherd. The job holds its slots.
3. `claim.json` is made by link(2) immediately before the program starts: it succeeds once, for one shepherd, and is
   never taken back. A shepherd that finds it made goes away. A shepherd that died without it is started again.
4. `exit.json` is made the same way, once, by the one who claimed; or by the scheduler, when it claimed the job itself
   (cancelled while it waited) or when the claimant is dead (`job.supervisor_lost`).
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from faur.adapters.local import atomic, processes
from faur.adapters.local.records import Claim, Exit, Place, Submission, moment
from faur.services.compute.ports import JobState, Observation

PROGRAM, INPUTS, PARAMETERS = "program", "in", "parameters.json"
LEFT = ("out", "report")
"""What is in a job's world: what it is given, and what it leaves."""


@dataclass(frozen=True, slots=True)
class JobFolder:
    """The folder of one job; its name is the job's."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def box(self) -> Path:
        """The job's world: program, in, parameters.json, out, report."""
        return self.path / "box"

    @property
    def scratch(self) -> Path:
        """The job's private /tmp, /dev/shm and home."""
        return self.path / "scratch"

    @property
    def private(self) -> tuple[Path, ...]:
        """Its /tmp, its /dev/shm and its home."""
        return tuple(self.scratch / name for name in ("tmp", "shm", "home"))

    @property
    def left(self) -> tuple[Path, ...]:
        """What it makes, and what it reports."""
        return tuple(self.box / name for name in LEFT)

    @property
    def log(self) -> Path:
        return self.path / "log"

    @property
    def written(self) -> tuple[Path, ...]:
        """All places where the job can write."""
        return (*self.left, *self.private, self.log)

    def submission(self) -> Submission | None:
        content = atomic.read(self.path / "spec.json")
        return Submission.from_json(content) if content else None

    def submit(self, submission: Submission) -> None:
        atomic.replace(self.path / "spec.json", submission.to_json())

    def place(self) -> Place | None:
        content = atomic.read(self.path / "place.json")
        return Place.from_json(content) if content else None

    def give_place(self, place: Place) -> None:
        atomic.replace(self.path / "place.json", place.to_json())

    def claim(self) -> Claim | None:
        content = atomic.read(self.path / "claim.json")
        return Claim.from_json(content) if content else None

    def make_claim(self, sandbox: str) -> Claim | None:
        """Claim the job for this process; None where another has."""
        claim = Claim(os.getpid(), processes.mark_of(os.getpid()) or "", time.time(), sandbox)
        return claim if atomic.write_once(self.path / "claim.json", claim.to_json()) else None

    def exit(self) -> Exit | None:
        content = atomic.read(self.path / "exit.json")
        return Exit.from_json(content) if content else None

    def end(self, ending: Exit) -> bool:
        """Write down how the job ended; False where that was written already."""
        return atomic.write_once(self.path / "exit.json", ending.to_json())

    def observed(self) -> Observation:
        """How a job stands that was given a place and has not ended."""
        claim = self.claim()
        if claim is None:
            return Observation(JobState.PENDING)
        state = JobState.COMPLETING if self.asked_to_cancel else JobState.RUNNING
        return Observation(state, started_at=moment(claim.started_at), sandbox=claim.sandbox)

    def ask_to_cancel(self) -> None:
        (self.path / "cancel").touch()

    @property
    def asked_to_cancel(self) -> bool:
        return (self.path / "cancel").exists()
