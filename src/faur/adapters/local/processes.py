"""Processes as the executor sees them: named so that a reused pid is never mistaken, and measured."""

import ctypes
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
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


def adopt_orphans() -> bool:
    """Become the parent of every descendant whose own parent ends; False where the system cannot do that."""
    if sys.platform != "linux":
        return False
    return int(ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)) == 0


@contextmanager
def served_first() -> Iterator[None]:
    """Put this thread before all others, where it may be (root on Linux): a fork bomb leaves no time to wait in line.

    Where it may not, the kernel holds the bomb by the limit on processes, which root is exempt from.
    """
    thread = threading.get_native_id()
    if sys.platform != "linux" or os.getuid() != 0:
        yield
        return
    usual = os.getpriority(os.PRIO_PROCESS, thread)
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, thread, -20)
    try:
        yield
    finally:
        os.setpriority(os.PRIO_PROCESS, thread, usual)


def tasks_of_this_user() -> int:
    """How many tasks, threads among them, the user of this process runs now."""
    mine = (process for process in psutil.process_iter() if _measured(process, _owner) == os.getuid())
    return sum(_measured(process, Process.num_threads) for process in mine)


def reap_all(*, seconds: float = 2.0) -> None:
    """Wait until no child is left: only then does the system add their processor time to ours."""
    until = time.monotonic() + seconds
    with suppress(ChildProcessError):
        while time.monotonic() < until:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.005)


def alive(pids: Iterable[int]) -> list[Process]:
    """Those of these processes that can still be measured."""
    found = []
    for pid in pids:
        with suppress(psutil.Error):
            found.append(Process(pid))
    return found


def memory_of(processes: Sequence[Process], limit: Bytes) -> Bytes:
    """Resident memory of all together, in bytes.

    The plain sum counts a page once for each process that shares it. Only where that sum is over `limit` is the
    dearer question asked: the proportional set size, which divides shared pages among those who share them.
    """
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


def _measured(process: Process, measure: Callable[[Process], Number]) -> Number | Literal[0]:
    try:
        return measure(process)
    except _GONE:
        return 0


def _owner(process: Process) -> int:
    return process.uids().real


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
