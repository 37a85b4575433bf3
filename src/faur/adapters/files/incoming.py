"""Bytes on their way in: a file that nobody sees until it is whole, and that a crash leaves to be swept."""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from faur.kernel.blobs.errors import NoSpace
from faur.kernel.units import MIB, Seconds

ABANDONED_AFTER = Seconds(3600)
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_BUFFER = MIB


class Incoming:
    """A folder for files on their way in, on the same file system as their place. Sweeps what a crash left there."""

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
        path = self._folder / uuid4().hex
        try:
            with path.open("xb", buffering=_BUFFER) as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield IncomingFile(path, file)
        except OSError as error:
            if error.errno in _FULL:
                raise NoSpace from error
            raise
        finally:
            path.unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Remove what is old and no living writer holds; another process may be in the middle of a put."""
        for path in self._folder.iterdir():
            with suppress(OSError), path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if path.stat().st_mtime < time.time() - ABANDONED_AFTER:
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
            _sync(folder)


def _sync(folder: Path) -> None:
    """Bring a folder's list of names to the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
