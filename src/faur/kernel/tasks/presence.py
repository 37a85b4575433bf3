"""Whether a worker still lives: by a lock that its process holds, or, from another home, by how long it is silent.

The lock falls with the process, however it ends; no clock and no reused process number can mislead.
"""

import fcntl
import os
import socket
from datetime import timedelta
from pathlib import Path

from django.db.models.functions import Now

from faur.kernel.config import config
from faur.kernel.tasks.models import Worker

SILENT_AFTER = timedelta(seconds=10)

_present: set["Presence"] = set()
"""The locks of this process: one that is not left falls only with the process."""


class Presence:
    """This process as a worker, from here until `leave`, or until it ends."""

    def __init__(self) -> None:
        self._row = Worker(host=socket.gethostname(), pid=os.getpid())
        self._path = _lock_of(self.uid)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = self._path.open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._row.save(force_insert=True)
        _present.add(self)

    @property
    def uid(self) -> str:
        return self._row.uid

    def beat(self) -> None:
        """Say that the worker lives; say it anew where somebody thought otherwise."""
        if not Worker.objects.filter(pk=self.uid).update(last_seen=Now()):
            self._row.save(force_insert=True)

    def leave(self) -> None:
        """The worker has nothing in hand any more."""
        self._path.unlink(missing_ok=True)
        self._lock.close()
        _present.discard(self)
        Worker.objects.filter(pk=self.uid).delete()


def living() -> set[str]:
    """The workers that live now; the rows of the others are removed."""
    heard = set(Worker.objects.filter(last_seen__gte=Now() - SILENT_AFTER).values_list("uid", flat=True))
    known = set(Worker.objects.values_list("uid", flat=True))
    alive = {uid for uid in known if _holds_its_lock(uid, otherwise=uid in heard)}
    if dead := known - alive:
        Worker.objects.filter(uid__in=dead).delete()
    return alive


def _lock_of(uid: str) -> Path:
    return config().root / "workers" / uid


def _holds_its_lock(uid: str, *, otherwise: bool) -> bool:
    """`otherwise` where the lock is not in this home: the worker belongs to another."""
    try:
        with _lock_of(uid).open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return otherwise
    except BlockingIOError:
        return True
    _lock_of(uid).unlink(missing_ok=True)
    return False
