"""Processes as the executor sees them: named so that a reused pid is never mistaken, counted, measured, ended."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import psutil
from psutil import Process

from faur.kernel.units import Bytes

_GONE = (psutil.NoSuchProcess, psutil.AccessDenied)
_PR_SET_CHILD_SUBREAPER = 36

Number = TypeVar("Number", int, float)


def mark_of(pid: int) -> str | None:
    """What tells this process from every other that ever had its pid: the boot and the moment of its start.

    None where there is no such process, or only its zombie.
    """
    return _linux_mark(pid) if sys.platform == "linux" else _portable_mark(pid)


def lives(pid: int, mark: str) -> bool:
    """Whether the process that had this pid and mark still runs."""
    return mark_of(pid) == mark


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends, where the system can do that (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


class Tree:
    """All processes of one job, from the one that was started for it.

    `isolated`: that one is bubblewrap, outside, and its only child is the init of the job's own pid namespace, so
    that killing the init ends them all at once. Else they are the descendants of `ancestor` (of the first process,
    unless a shepherd says that all its descendants are the job's), and those that have `trait`: an environment
    variable and its value that only this job has.
    """

    def __init__(
        self, pid: int, *, isolated: bool, ancestor: int | None = None, trait: tuple[str, str] | None = None
    ) -> None:
        self._first = _process(pid)
        self._isolated = isolated
        self._ancestor = _process(ancestor) if ancestor else self._first
        self._trait = trait
        self._init: list[Process] = []
        self._seen: dict[int, Process] = {}

    def members(self) -> list[Process]:
        """The job's own processes that run now; bubblewrap's two are not among them."""
        if self._isolated:
            inits = {process.pid for process in self._inits()}
            return [process for process in _descendants(self._first) if process.pid not in inits]
        found = {process.pid: process for process in (*self._first, *_descendants(self._ancestor))}
        self._seen = {pid: process for pid, process in (self._seen | found).items() if _runs(process)}
        return list(self._seen.values())

    def terminate(self) -> None:
        """Ask every process to end (SIGTERM)."""
        _send(self.members(), signal.SIGTERM)

    def kill(self) -> None:
        """End every process (SIGKILL), those that left their group and those that fork meanwhile included."""
        if self._isolated:
            _send([*self._inits(), *self._first], signal.SIGKILL)
            return
        _kill_groups(self._first)
        kill_until_none(self._everyone)

    def _inits(self) -> list[Process]:
        self._init = self._init or [child for process in self._first for child in _children(process)]
        return self._init

    def _everyone(self) -> list[Process]:
        strays = with_trait(*self._trait) if self._trait else []
        return list({process.pid: process for process in (*self.members(), *strays)}.values())


def kill_until_none(find: Callable[[], list[Process]], *, seconds: float = 10.0) -> None:
    """Stop and kill what `find` finds until it finds nothing: stopped first, so that none forks behind our back."""
    until = time.monotonic() + seconds
    while (found := find()) and time.monotonic() < until:
        _send(found, signal.SIGSTOP)
        _send(found, signal.SIGKILL)
        time.sleep(0.02)


def reap_all(*, seconds: float = 2.0) -> None:
    """Wait until no child is left: only then does the system add their processor time to ours."""
    until = time.monotonic() + seconds
    with suppress(ChildProcessError):
        while time.monotonic() < until:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.005)


def with_trait(variable: str, value: str) -> list[Process]:
    """Our own processes that were started with `variable` set to `value`, except this one."""
    return [process for process in psutil.process_iter() if _has_trait(process, variable, value)]


def memory_of(processes: Iterable[Process], limit: Bytes) -> Bytes:
    """Resident memory of all together, in bytes.

    The plain sum counts a page once for each process that shares it. Only where that sum is over `limit` is the
    dearer question asked: the proportional set size, which divides shared pages among those who share them.
    """
    processes = list(processes)
    resident = sum(_measured(process, _resident) for process in processes)
    if resident <= limit or len(processes) == 1:
        return Bytes(resident)
    return Bytes(sum(_measured(process, _proportional) for process in processes))


def cpu_seconds_of(processes: Iterable[Process]) -> float:
    """Processor time of all and of their children that ended, in seconds."""
    return sum(_measured(process, _cpu) for process in processes)


def _linux_mark(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = stat.rpartition(")")[2].split()  # proc(5): after the name, `state` is field 3 and `starttime` field 22
    return None if fields[0] in "ZX" else f"{_boot()}:{fields[19]}"


def _portable_mark(pid: int) -> str | None:
    try:
        process = Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else f"{process.create_time():.3f}"
    except _GONE:
        return None


@cache
def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def _process(pid: int) -> list[Process]:
    try:
        return [Process(pid)]
    except _GONE:
        return []


def _children(process: Process, *, all_generations: bool = False) -> list[Process]:
    try:
        return process.children(recursive=all_generations)
    except _GONE:
        return []


def _descendants(processes: Iterable[Process]) -> list[Process]:
    return [found for process in processes for found in _children(process, all_generations=True)]


def _runs(process: Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except _GONE:
        return False


def _has_trait(process: Process, variable: str, value: str) -> bool:
    try:
        return process.pid != os.getpid() and process.environ().get(variable) == value and _runs(process)
    except (*_GONE, OSError):
        return False


def _send(processes: Iterable[Process], number: signal.Signals) -> None:
    for process in processes:
        with suppress(*_GONE):
            process.send_signal(number)


def _kill_groups(leaders: Iterable[Process]) -> None:
    for leader in leaders:
        with suppress(ProcessLookupError, PermissionError):
            if leader.is_running():
                os.killpg(leader.pid, signal.SIGKILL)


def _measured(process: Process, measure: Callable[[Process], Number]) -> Number | Literal[0]:
    try:
        return measure(process)
    except _GONE:
        return 0


def _resident(process: Process) -> int:
    return int(process.memory_info().rss)


def _proportional(process: Process) -> int:
    try:
        return int(getattr(process.memory_full_info(), "pss", 0)) or _resident(process)
    except psutil.AccessDenied:
        return _resident(process)


def _cpu(process: Process) -> float:
    times = process.cpu_times()
    return times.user + times.system + times.children_user + times.children_system
