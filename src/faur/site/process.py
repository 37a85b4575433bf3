"""One process of a factory: the web server, the worker and the pollers, each where it is wanted."""

import ctypes
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from faur.kernel.config import config
from faur.kernel.tasks import run_worker
from faur.services.compute.public import run_pollers
from faur.site.listening import WebServer

LONGEST_END = 10.0
"""Seconds that the worker and the pollers get to end."""
_M_ARENA_MAX = -8


class Parent:
    """The process that started this one and holds our standard input open, which closes however it ends.

    Until somebody says what to do then, this process ends at once: it can, at any moment.
    """

    def __init__(self) -> None:
        self._then: Callable[[], None] = lambda: os._exit(1)
        threading.Thread(target=self._watch, name="parent", daemon=True).start()

    def when_gone(self, then: Callable[[], None]) -> None:
        self._then = then

    def _watch(self) -> None:
        while os.read(sys.stdin.fileno(), 4096):  # not through sys.stdin: its lock would keep us from ending before
            pass
        self._then()


class Factory:
    """What runs in this process, and how it stops: on SIGTERM, on Ctrl-C, or with its parent.

    It serves where a socket is given, and works where `work` says so.
    """

    def __init__(self, listening: socket.socket | None, *, work: bool, parent: Parent | None = None) -> None:
        self._listening = listening
        self._work = work
        self._parent = parent
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def run(self) -> int:
        """Run until told to stop; returns the exit status."""
        _share_memory()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop_now)  # the server puts its own in their place while it runs
        try:
            return self._wait() if self._listening is None else self._serve(self._listening)
        finally:
            self._stop.set()
            for thread in self._threads:
                thread.join(LONGEST_END)

    def _stop_now(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _wait(self) -> int:
        self._start_workers()
        self._stop.wait()
        return 0

    def _serve(self, listening: socket.socket) -> int:
        server = WebServer(self._begin)
        if self._parent is not None:
            self._parent.when_gone(lambda: setattr(server, "should_exit", True))
        server.run(sockets=[listening])
        return 0 if server.started else 1

    def _begin(self) -> None:
        """The server answers: say so, and begin to work."""
        _say(f"Faur is at {config().url}")
        self._start_workers()

    def _start_workers(self) -> None:
        if self._work:
            for name, run in (("worker", run_worker), ("pollers", run_pollers)):
                thread = threading.Thread(target=run, args=(self._stop,), name=name, daemon=True)
                self._threads.append(thread)
                thread.start()


def _share_memory() -> None:
    """Let all threads share two of glibc's arenas, mallopt(3): what each keeps for itself no other can use."""
    with suppress(AttributeError, OSError):  # another C library
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def _say(line: str) -> None:
    """For whoever waits for it; there may be nobody any more."""
    with suppress(BrokenPipeError):
        os.write(sys.stdout.fileno(), f"{line}\n".encode())
