"""What may not be left when all has ended: processes, files half written, jobs started twice, traces of errors."""

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from tests.kills.fire import Fire

LONGEST_END = 20.0
"""Seconds after the last walk until the last process must be gone."""
_NEVER_LEFT = ("blobs/incoming/*", "jobs/passing/*", "jobs/jobs/*", "workers/*", "scratch/*", "*.new", "keys/*.*.*")
_LOGS = ("walk.log", "home/factory.log")


def leftovers(fire: Fire) -> Iterator[str]:
    """Every trace that may not be there."""
    yield from _processes(fire)
    for pattern in _NEVER_LEFT:
        yield from (f"{path.relative_to(fire.home)} is left" for path in fire.home.glob(pattern))
    yield from (f"{path.name} is left among the temporary files" for path in fire.temporary.iterdir())
    yield from (f"{job} was claimed twice" for job, claims in fire.sight.claims.items() if len(claims) > 1)
    yield from (f"the blob {path.name} is not whole" for path in fire.home.glob("blobs/??/??/*") if not _is_whole(path))
    for log in _LOGS:
        if "Traceback" in (fire.folder / log).read_text(encoding="utf-8", errors="replace"):
            yield f"{log} shows a stack trace"


def _processes(fire: Fire) -> Iterator[str]:
    until = time.monotonic() + LONGEST_END
    while (left := _running(fire)) and time.monotonic() < until:
        time.sleep(0.2)
    yield from (f"the process {pid} still runs: {command}" for pid, command in left.items())


def _running(fire: Fire) -> dict[int, str]:
    """The processes that the walks started, wherever they went: known by their session, their home or their folder."""
    found = {}
    for process in psutil.process_iter():
        with suppress(psutil.Error, ProcessLookupError):
            if process.status() != psutil.STATUS_ZOMBIE and _belongs(process, fire):
                found[process.pid] = " ".join(process.cmdline())
    return found


def _belongs(process: psutil.Process, fire: Fire) -> bool:
    folder = str(fire.folder)
    said = [*process.cmdline(), *process.environ().values(), process.cwd()]
    return os.getsid(process.pid) in fire.sessions or any(folder in word for word in said)


def _is_whole(blob: Path) -> bool:
    return hashlib.sha256(blob.read_bytes()).hexdigest() == blob.name
