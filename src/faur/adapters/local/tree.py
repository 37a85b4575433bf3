"""All processes of one job: counted cheaply, since a fork bomb leaves little time to count, and ended for certain."""

import os
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Collection
from contextlib import suppress

import psutil

from faur.adapters.local.processes import lives, mark_of

Trait = tuple[str, str]
"""An environment variable and its value that only one job's processes have."""


class Tree:
    """The processes of one job, from the one that was started for it.

    `isolated`: that one is bubblewrap, outside, and its only child is the init of the job's own pid namespace, so
    that killing the init ends them all at once. Else they are its descendants, those that were seen to be, and at
    the end those with the job's `trait`. `adopted`: this process adopts orphans, and all its descendants are the job's.
    """

    def __init__(self, pid: int, *, isolated: bool, trait: Trait, adopted: bool = False) -> None:
        self._pid = pid
        self._mark = mark_of(pid) or ""
        self._isolated = isolated
        self._trait = trait
        self._adopted = adopted
        self._inits: dict[int, str] = {}
        self._seen: dict[int, str] = {}

    def count(self) -> int:
        """How many there are that descend from the first; bubblewrap's two are not counted."""
        return len(self._found())

    def glance(self) -> int:
        """About how many there are, where that is one question whatever their number: what the job's own /proc lists.

        0 where it cannot be asked; too many while bubblewrap has not yet put the job's own /proc in its place.
        """
        self._find_init()
        for init in self._inits if self._isolated else ():
            with suppress(OSError):
                names = os.listdir(f"/proc/{init}/root/proc")  # noqa: PTH208 - a path for each would cost the speed
                return sum(map(str.isdigit, names)) - 1
        return 0

    def pids(self) -> list[int]:
        """Those that run now or wait to be buried, and those that ran away from their parents after they were seen."""
        found = self._found()
        if self._isolated or self._adopted:
            return found
        for pid in found:
            if pid not in self._seen and (mark := mark_of(pid)):
                self._seen[pid] = mark
        self._seen = {pid: mark for pid, mark in self._seen.items() if lives(pid, mark)}
        return list(self._seen)

    def terminate(self) -> None:
        """Ask every process to end (SIGTERM)."""
        _signal(self.pids(), signal.SIGTERM)

    def kill(self) -> None:
        """End every process (SIGKILL), those that left their group and those that fork meanwhile included.

        When this returns none of them runs any more.
        """
        if self._isolated:  # the kernel ends an init only after all others of its namespace
            self._find_init()
            ends = {**self._inits, self._pid: self._mark}
            kill_until_none(lambda: [pid for pid, mark in ends.items() if lives(pid, mark)])
            return
        self._kill_group()
        kill_until_none(self._left)

    def _found(self) -> list[int]:
        if self._isolated:
            self._find_init()
            return [pid for pid in descendants(self._pid) if pid not in self._inits]
        if self._adopted:
            return descendants(os.getpid())
        return [self._pid, *descendants(self._pid)] if lives(self._pid, self._mark) else []

    def _find_init(self) -> None:
        if not self._inits and lives(self._pid, self._mark):
            self._inits = {pid: mark for pid in children(self._pid) if (mark := mark_of(pid))}

    def _kill_group(self) -> None:
        """Stop the whole group at once before looking at it: nothing in it forks any more."""
        if not lives(self._pid, self._mark):
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, signal.SIGSTOP)
            self.pids()
            os.killpg(self._pid, signal.SIGKILL)

    def _left(self) -> list[int]:
        running = [pid for pid in self.pids() if mark_of(pid)]
        return list({*running, *with_trait(self._trait)})


def kill_until_none(find: Callable[[], Collection[int]], *, seconds: float = 10.0) -> None:
    """Stop and kill what `find` finds until it finds nothing: stopped first, so that none forks behind our back."""
    until = time.monotonic() + seconds
    while (found := find()) and time.monotonic() < until:
        _signal(found, signal.SIGSTOP)
        _signal(found, signal.SIGKILL)
        time.sleep(0.01)


def with_trait(trait: Trait) -> list[int]:
    """Our own processes that were started with this trait and still run, except this one."""
    return [process.pid for process in psutil.process_iter() if _has_trait(process, trait)]


def children(pid: int) -> list[int]:
    """The processes that `pid` is the parent of."""
    return _by_parent()[pid]


def descendants(pid: int) -> list[int]:
    """The children of `pid`, their children, and so on."""
    by_parent = _by_parent()
    found = list(by_parent[pid])
    for each in found:  # grows while it is read
        found += by_parent[each]
    return found


def _by_parent() -> dict[int, list[int]]:
    by_parent: dict[int, list[int]] = defaultdict(list)
    for pid in psutil.pids():
        by_parent[_parent_of(pid)].append(pid)
    return by_parent


def _parent_of(pid: int) -> int:
    """The parent of a process, or -1 where it is gone: a tenth of the time that psutil takes, on Linux."""
    try:
        if sys.platform != "linux":
            return psutil.Process(pid).ppid()
        stat = os.open(f"/proc/{pid}/stat", os.O_RDONLY)
        try:
            return int(os.read(stat, 512).rpartition(b")")[2].split(None, 2)[1])
        finally:
            os.close(stat)
    except (OSError, psutil.Error):
        return -1


def _has_trait(process: psutil.Process, trait: Trait) -> bool:
    try:
        found = process.environ().get(trait[0]) == trait[1]
    except (psutil.Error, OSError):
        return False
    return found and process.pid != os.getpid() and mark_of(process.pid) is not None


def _signal(pids: Collection[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)
