"""The small process that looks after one job: `python -m faur.adapters.local.shepherd FOLDER`.

It lives in a session of its own, so that the job and its limits outlive the factory. It knows neither Django nor the
database: it reads the job's folder, and writes its log and its end there.
"""

import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType

from faur.adapters.local import confinement, processes
from faur.adapters.local.environment import trait_of
from faur.adapters.local.folder import JobFolder
from faur.adapters.local.joblog import JobLog
from faur.adapters.local.records import Exit, Place
from faur.adapters.local.tree import Tree
from faur.adapters.local.watch import Verdict, Watch
from faur.kernel.units import Bytes
from faur.services.compute.ports import JobSpec, JobState

_SHORTEST_PACE, _LONGEST_PACE = 0.05, 0.25
"""Seconds between two looks at a job: often while it is young, when a mistake in it shows."""


class Shepherd:
    """Starts one program, keeps it to its limits, and says how it ended."""

    def __init__(self, folder: JobFolder, job: JobSpec, place: Place) -> None:
        self._folder = folder
        self._job = job
        self._place = place
        self._interrupted = False
        self._adopts = processes.adopt_orphans()
        self._log = JobLog(folder.log, job.log_limit)

    def interrupt(self, _number: int, _frame: FrameType | None) -> None:
        """For SIGTERM: the machine goes down."""
        self._interrupted = True

    def tend(self, began: float) -> Exit:
        """Run the program to its end; it was claimed at `began`, seconds since the epoch."""
        if not self._place.bubblewrap:
            self._log.say(f"{self._place.notice}: this job runs without a sandbox")
        try:
            program = confinement.start(self._folder, self._job, self._place)
        except OSError as error:
            self._log.say(f"the program could not be started: {error}")
            return self._exit(began, Verdict(JobState.FAILED, "job.not_started", str(error)), None, None)
        tree = self._tree(program.pid)
        watch = Watch(self._folder, self._job, tree)
        if program.stdout is not None:
            self._log.follow(program.stdout.fileno())
        verdict = self._follow(program, tree, watch)
        return self._exit(began, verdict or watch.look_at_disk(), program.returncode, watch)

    def _tree(self, pid: int) -> Tree:
        isolated, trait = bool(self._place.bubblewrap), trait_of(self._folder, self._place)
        return Tree(pid, isolated=isolated, trait=trait, adopted=self._adopts)

    def _follow(self, program: subprocess.Popen[bytes], tree: Tree, watch: Watch) -> Verdict | None:
        verdict: Verdict | None = None
        patience = float("inf")
        while not self._ended(program, watch):
            found = self._interruption() or watch.look()
            if found and verdict is None:
                verdict = found
                patience = watch.elapsed + self._place.grace
                tree.terminate() if found.gentle else tree.kill()
            elif watch.elapsed > patience or (found and not found.gentle):
                tree.kill()
        tree.kill()
        self._log.wait(0)
        processes.reap_all()
        return verdict

    def _ended(self, program: subprocess.Popen[bytes], watch: Watch) -> bool:
        """Move the log until it is time for the next look; True as soon as the program has ended."""
        pace = min(_LONGEST_PACE, _SHORTEST_PACE + watch.elapsed / 20)
        until = time.monotonic() + pace
        while (left := min(until - time.monotonic(), _SHORTEST_PACE)) > 0 and not watch.crowded:
            if not self._log.wait(left):
                with suppress(subprocess.TimeoutExpired):
                    program.wait(left)
                    break
        return program.poll() is not None

    def _interruption(self) -> Verdict | None:
        message = "The machine went down while the job ran."
        return Verdict(JobState.FAILED, "job.interrupted", message, gentle=True) if self._interrupted else None

    def _exit(self, began: float, verdict: Verdict | None, status: int | None, watch: Watch | None) -> Exit:
        verdict = verdict or _by_status(status or 0)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        largest = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return Exit(
            state=verdict.state,
            reason=verdict.reason,
            message=verdict.message,
            exit_code=None if status is None else _code(status),
            started_at=began,
            ended_at=time.time(),
            elapsed=watch.elapsed if watch else 0.0,
            cpu_seconds=max(used.ru_utime + used.ru_stime, watch.cpu_seconds if watch else 0.0),
            max_memory=Bytes(max(largest, watch.max_memory if watch else 0)),
            sandbox=self._place.sandbox,
            cores=self._job.resources.cores,
            gpus=self._job.resources.gpus,
        )


def _code(status: int) -> int:
    """The exit code as a shell and bubblewrap say it: 128 and the signal's number where a signal ended the program."""
    return 128 - status if status < 0 else status


def _by_status(status: int) -> Verdict:
    code = _code(status)
    if code == 0:
        return Verdict(JobState.COMPLETED, "", "")
    if code > 128 and code - 128 in set(signal.Signals):
        name = signal.Signals(code - 128).name
        return Verdict(JobState.FAILED, "job.signal", f"The program was ended by the signal {name}.")
    return Verdict(JobState.FAILED, "job.exit_code", f"The program ended with the exit code {code}.")


def main(folder: JobFolder) -> None:
    """Run the job in `folder`, unless another shepherd has claimed it."""
    submission, place = folder.submission(), folder.place()
    if submission is None or place is None:
        return
    shepherd = Shepherd(folder, submission.job, place)
    signal.signal(signal.SIGTERM, shepherd.interrupt)
    cancelled = folder.asked_to_cancel
    claim = folder.make_claim(place.sandbox)
    if claim is None:
        return
    before = Exit.before_start(JobState.CANCELLED, "job.cancelled", "The job was cancelled before it began.")
    with processes.served_first():
        folder.end(before if cancelled else shepherd.tend(claim.started_at))


if __name__ == "__main__":
    main(JobFolder(Path(sys.argv[1]).absolute()))
