"""How shepherds are started, and the place that they find their jobs in."""

import os
import sys
from contextlib import suppress
from pathlib import Path

import psutil

import faur
from faur.adapters.local import processes
from faur.adapters.local.bubblewrap import find_bubblewrap
from faur.adapters.local.environment import SYSTEM_PATH, passed_on
from faur.adapters.local.folder import JobFolder
from faur.adapters.local.records import Place

_PACKAGES = os.pathsep.join(str(Path(package.__file__ or "").parent.parent) for package in (faur, psutil))
"""Where a shepherd finds what it needs, however this program was installed."""

_TAIL = 400


class Starter:
    """Starts shepherds on this machine, and knows which of them are still on their way to their job."""

    def __init__(self, interpreter: Path, grace: float, *, sandbox: bool) -> None:
        self.interpreter = interpreter
        self._grace = grace
        self._wanted = sandbox
        self._started: dict[str, tuple[int, str | None]] = {}

    def sandbox(self) -> str:
        """`bubblewrap` or `none`; the first answer takes a moment, since it is tried."""
        return self.place(()).sandbox

    def place(self, gpus: tuple[str, ...]) -> Place:
        """What a job that starts now is given."""
        found, notice = find_bubblewrap(self.interpreter) if self._wanted else (None, "the sandbox is switched off")
        return Place(
            gpus=gpus,
            interpreter=str(self.interpreter),
            grace=self._grace,
            bubblewrap=(found.path, *found.options) if found else (),
            notice=notice,
            passed=passed_on(),
        )

    def start(self, folder: JobFolder) -> None:
        """Start a shepherd for the job in `folder`, in a session of its own.

        It knows nothing of the factory's environment: no secret of ours can be read out of it.
        """
        said = str(folder.path / "shepherd.log")
        environment = {"PATH": SYSTEM_PATH, "LANG": "C.UTF-8", "PYTHONPATH": _PACKAGES}
        pid = os.posix_spawn(
            sys.executable,
            [sys.executable, "-P", "-m", "faur.adapters.local.shepherd", str(folder.path)],
            environment,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, said, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
            setsid=True,
        )
        self._started[folder.name] = (pid, processes.mark_of(pid))

    def on_its_way(self, name: str) -> bool:
        """Whether a shepherd that this process started for the job still runs."""
        pid, mark = self._started.get(name, (0, None))
        return mark is not None and processes.lives(pid, mark)

    def sweep(self, name: str) -> None:
        """Take away what is left of the job's shepherd in the system's table of processes, once it has ended."""
        if name in self._started and not self.on_its_way(name):
            pid, _mark = self._started.pop(name)
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)


def last_words(folder: JobFolder) -> str:
    """The last line that a shepherd said before it ended where it should not have, or nothing."""
    path = folder.path / "shepherd.log"
    lines = path.read_text(encoding="utf-8", errors="replace").strip().splitlines() if path.exists() else []
    return lines[-1][:_TAIL] if lines else ""
