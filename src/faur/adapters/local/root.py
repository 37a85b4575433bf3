"""The folder in which all jobs of one executor lie, and which one process alone may schedule."""

import errno
import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from faur.adapters.local import atomic, outputs
from faur.adapters.local.errors import AnotherScheduler
from faur.adapters.local.folder import JobFolder
from faur.adapters.local.records import Exit, moment
from faur.kernel import files

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_CLOCK_STEP = 2.0
"""A file system notes times more coarsely than we do, seconds."""


def is_name(text: str) -> bool:
    """Whether a job can have this name: it names a folder."""
    return _NAME.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Root:
    """`jobs/NAME/` for each job; `forgotten/NAME.json` for how those ended whose folder is gone; `passing/` for what
    comes or goes and was not finished when the factory stopped."""

    path: Path

    def lock(self) -> int:
        """Become the one process that schedules here, until the descriptor is closed or the process ends.

        Raises:
            AnotherScheduler: some other is.
        """
        for folder in (self._jobs, self._forgotten, self._passing):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise AnotherScheduler(str(self.path)) from None
        return lock

    def clear_passing(self) -> None:
        """Remove what an earlier process left half done."""
        for path in self._passing.iterdir():
            outputs.remove(path)

    def folder(self, name: str) -> JobFolder:
        return JobFolder(self._jobs / name)

    def knows(self, name: str) -> bool:
        """Whether a job of this name was ever submitted here."""
        return is_name(name) and ((self._jobs / name).exists() or self._note(name).exists())

    def folders(self) -> Iterator[JobFolder]:
        """Those of all jobs that are not forgotten."""
        with os.scandir(self._jobs) as entries:
            for entry in entries:
                yield JobFolder(Path(entry.path))

    def arriving(self, name: str) -> JobFolder:
        """A new folder in which a job is put together before it is one."""
        folder = self._passing / f"{name}.{secrets.token_hex(6)}"
        folder.mkdir(mode=0o700)
        return JobFolder(folder)

    def admit(self, arriving: JobFolder, name: str) -> bool:
        """Make it a job, at once and whole; False where there is one of that name."""
        try:
            arriving.path.rename(self._jobs / name)
        except OSError as error:
            if error.errno in {errno.ENOTEMPTY, errno.EEXIST}:  # another submission under this name was first
                return False
            raise
        files.sync_folder(self._jobs)
        return True

    def ending(self, name: str) -> Exit | None:
        """How the job ended, forgotten or not; None where it has not, or never was."""
        if not is_name(name):
            return None
        return self.folder(name).exit() or self._forgotten_ending(name)

    def forget(self, folder: JobFolder, ending: Exit) -> Path:
        """Keep how the job ended, and take its folder away: to where this says, for the caller to remove."""
        atomic.replace(self._note(folder.name), ending.to_json())
        leaving = self._passing / f"{folder.name}.{secrets.token_hex(6)}"
        folder.path.rename(leaving)
        return leaving

    def endings_since(self, since: datetime) -> Iterator[tuple[str, Exit]]:
        """Name and end of each job that ended at or after `since`, in no order."""
        earliest = since.timestamp() - _CLOCK_STEP
        for name, path in self._notes_of_endings():
            ending = self.ending(name) if _changed_since(path, earliest) else None
            if ending and moment(ending.ended_at) >= since:
                yield name, ending

    def _notes_of_endings(self) -> Iterator[tuple[str, Path]]:
        if not self._forgotten.is_dir():  # nothing was ever submitted
            return
        yield from ((folder.name, folder.path / "exit.json") for folder in self.folders())
        with os.scandir(self._forgotten) as entries:
            for entry in entries:
                name = Path(entry.name).stem
                if is_name(name) and not self.folder(name).path.exists():
                    yield name, Path(entry.path)

    def _forgotten_ending(self, name: str) -> Exit | None:
        content = atomic.read(self._note(name))
        return Exit.from_json(content) if content else None

    def _note(self, name: str) -> Path:
        return self._forgotten / f"{name}.json"

    @property
    def _jobs(self) -> Path:
        return self.path / "jobs"

    @property
    def _forgotten(self) -> Path:
        return self.path / "forgotten"

    @property
    def _passing(self) -> Path:
        return self.path / "passing"


def _changed_since(path: Path, seconds: float) -> bool:
    try:
        return path.stat().st_mtime >= seconds
    except FileNotFoundError:
        return False
