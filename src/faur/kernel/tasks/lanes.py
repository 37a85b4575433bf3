"""Threads side by side, so that a long task does not keep the short ones waiting."""

import logging
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from faur.kernel.tasks.wake import wake

log = logging.getLogger("faur.tasks")

Work = Callable[[], Callable[[], None]]
"""Does something, and returns how to write its outcome down."""
PAUSE = 1.0


class Lanes:
    """So many threads, each with one piece of work at a time. They never keep the process from ending."""

    def __init__(self, count: int) -> None:
        self._inbox: SimpleQueue[Work | None] = SimpleQueue()
        self._free = threading.Semaphore(count)
        self._threads = [threading.Thread(target=self._serve, name=f"lane {n}", daemon=True) for n in range(count)]
        for thread in self._threads:
            thread.start()

    def offer(self, find: Callable[[], Work | None]) -> bool:
        """Where a lane is free, look for work, and give it to it. Whether there was both."""
        if not self._free.acquire(blocking=False):
            return False
        work = None
        try:
            work = find()
        finally:
            if work is None:
                self._free.release()
        if work is not None:
            self._inbox.put(work)
        return work is not None

    def close(self, grace: float) -> bool:
        """Let each lane finish what it has, for `grace` seconds at most. Whether all have."""
        for _ in self._threads:
            self._inbox.put(None)
        until = time.monotonic() + grace
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _serve(self) -> None:
        while (work := self._inbox.get()) is not None:
            try:
                write_down(work())
            except Exception:
                log.exception("an outcome could not be written down")
            finally:
                close_old_connections()
                self._free.release()
                wake.set()


def write_down(outcome: Callable[[], None]) -> None:
    """Until the database takes it: an outcome that is lost means that the work is done again."""
    while True:
        try:
            return outcome()
        except (OperationalError, InterfaceError):
            log.warning("the database does not take an outcome; trying again", exc_info=True)
            connection.close()
            time.sleep(PAUSE)
