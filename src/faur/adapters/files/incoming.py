"""Bytes on their way in: a file that nobody sees until it is whole, and that a crash leaves to be swept."""

import errno
import fcntl
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from faur.kernel import files
from faur.kernel.blobs.errors import NoSpace
from faur.kernel.units import MIB, Seconds

ABANDONED_AFTER = Seconds(3600)
"""So long after its last write what another machine began is taken to be nobody's."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_BUFFER = MIB


@cache
def _machine() -> str:
    """Where a lock is seen by all: one running kernel."""
    boot = Path("/proc/sys/kernel/random/boot_id")
    return boot.read_text(encoding="ascii").strip() if boot.exists() else platform.node()


class Incoming:
    """A folder for files on their way in, on the same file system as their place.

    What a crash left there is swept at the next start and by every file that comes later.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o750)
        self._sweep()

    @contextmanager
    def file(self) -> Iterator["IncomingFile"]:
        """A file to write and to place; whatever happens, nothing else is left of it.

        Raises:
            NoSpace: the disk or the quota is full.
        """
        self._sweep()
        path = self._folder / f"{_machine()}.{uuid4().hex}"
        try:
            with self._begun(path) as file:
                yield IncomingFile(path, file)
        except OSError as error:
            if error.errno in _FULL:
                raise NoSpace from error
            raise
        finally:
            path.unlink(missing_ok=True)

    def _begun(self, path: Path) -> BinaryIO:
        """A new file that is locked; again where another process has swept it before it was."""
        while True:
            file = path.open("xb", buffering=_BUFFER)
            fcntl.flock(file, fcntl.LOCK_EX)
            if os.fstat(file.fileno()).st_nlink:
                return file
            file.close()

    def _sweep(self) -> None:
        """Remove what no living writer holds; another process may be in the middle of a put.

        From one machine to the next a lock may not be seen: what another one began has to be old besides.
        """
        for path in self._folder.iterdir():
            with suppress(OSError), path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if path.name.startswith(_machine()) or path.stat().st_mtime < time.time() - ABANDONED_AFTER:
                    path.unlink(missing_ok=True)


class IncomingFile:
    """One file on its way in."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path = path
        self._file = file

    def write(self, chunk: bytes) -> None:
        self._file.write(chunk)

    def place(self, at: Path) -> None:
        """Bring the bytes to the disk, then the file to its place.

        The same bytes already there are replaced by these, so that a put wins over a delete that happens meanwhile.
        """
        self._file.flush()
        os.fchmod(self._file.fileno(), 0o440)
        os.fsync(self._file.fileno())
        at.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        self._path.rename(at)
        for folder in at.parents[:3]:
            files.sync_folder(folder)
