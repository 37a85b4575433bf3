"""One process of a factory: the web server, the worker and the pollers, each where it is wanted."""

import fcntl
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from django.utils.translation import gettext as _

from faur.kernel.config import config
from faur.kernel.errors import Unavailable
from faur.kernel.tasks import run_worker
from faur.services.compute.public import run_pollers


class HomeHeld(Unavailable):
    """Two factories on one home folder would run every job twice."""

    code = "home.held"


class PortTaken(Unavailable):
    """Something else listens there."""

    code = "port.taken"


@contextmanager
def held_home(root: Path) -> Iterator[None]:
    """This process alone runs the factory of this home folder.

    Raises:
        HomeHeld: another one does.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise HomeHeld(
                _("A factory is running already in %(home)s.") % {"home": root},
                hint=_("Stop it first, or choose another FAUR_HOME and FAUR_PORT."),
            ) from None
        yield


class Factory:
    """What runs in this process, and how it stops: on SIGTERM, on Ctrl-C, or with its parent."""

    def __init__(self, *, web: bool, work: bool) -> None:
        self._web = web
        self._work = work
        self._stop = threading.Event()

    def run(self, *, with_parent: bool = False) -> int:
        """Run until told to stop; returns the exit status."""
        listening = _listen() if self._web else None
        threads = self._start_workers() if self._work else []
        try:
            if listening is None:
                _wait_for_signal(self._stop)
            else:
                self._serve(listening, with_parent=with_parent)
        finally:
            self._stop.set()
            for thread in threads:
                thread.join(timeout=10)
        return 0

    def _start_workers(self) -> list[threading.Thread]:
        threads = [
            threading.Thread(target=run_worker, args=(self._stop,), name="worker", daemon=True),
            threading.Thread(target=run_pollers, args=(self._stop,), name="pollers", daemon=True),
        ]
        for thread in threads:
            thread.start()
        return threads

    def _serve(self, listening: socket.socket, *, with_parent: bool) -> None:
        server = uvicorn.Server(
            uvicorn.Config("faur.site.asgi:application", log_config=None, timeout_graceful_shutdown=3, lifespan="on")
        )
        if with_parent:
            threading.Thread(target=_stop_with_parent, args=(server,), daemon=True).start()
        print(f"Faur is at {config().url}", flush=True)  # noqa: T201 - what a person waits for
        server.run(sockets=[listening])


def _listen() -> socket.socket:
    """Raises PortTaken."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((config().host, config().port))
    except OSError:
        raise PortTaken(
            _("Port %(port)s is taken.") % {"port": config().port}, hint=_("Choose another with FAUR_PORT.")
        ) from None
    listening.listen(512)
    return listening


def _stop_with_parent(server: uvicorn.Server) -> None:
    """End when standard input closes, which happens however the parent ends."""
    while sys.stdin.buffer.read(4096):
        pass
    server.should_exit = True


def _wait_for_signal(stop: threading.Event) -> None:
    import signal

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    stop.wait()
