"""A job's log: all that it prints, from a pipe into a file, up to a limit."""

import os
import select
from pathlib import Path

from faur.kernel.units import KIB, MIB, Bytes

_CHUNK = 256 * KIB
_CHUNKS_AT_ONCE = 64
"""Even a job that prints without end lets its shepherd look at the clock every so often."""


class JobLog:
    """Moves what a job prints to the end of `path`; past `limit` it is read and dropped, and a line says so."""

    def __init__(self, path: Path, limit: Bytes) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        self._limit = limit
        self._size = 0
        self._cut = False
        self._source = -1

    def follow(self, source: int) -> None:
        """Take what comes out of this pipe from now on."""
        os.set_blocking(source, False)
        self._source = source

    def say(self, sentence: str) -> None:
        """A line of the executor's own."""
        self._write(f"faur: {sentence}\n".encode())

    def wait(self, seconds: float) -> bool:
        """Move what comes, for `seconds` at most; False where nothing more can come: the other end is closed."""
        if self._source < 0:
            return False
        if select.select([self._source], [], [], seconds)[0]:
            return self.drain()
        return True

    def drain(self) -> bool:
        """Move what is there now, without waiting; False where nothing more can come."""
        for _ in range(_CHUNKS_AT_ONCE):
            try:
                chunk = os.read(self._source, _CHUNK)
            except BlockingIOError:
                return True
            if not chunk:
                return False
            self._keep(chunk)
        return True

    def _keep(self, chunk: bytes) -> None:
        if self._cut:
            return
        room = self._limit - self._size
        self._write(chunk[:room])
        self._size += min(len(chunk), room)
        if len(chunk) > room:
            self._cut = True
            self._write(b"\n")
            self.say(f"the log has reached its limit of {in_words(self._limit)}; what follows is not kept")

    def _write(self, content: bytes) -> None:
        try:
            while content:
                content = content[os.write(self._file, content) :]
        except OSError:  # the disk is full: the job goes on, its log does not
            self._cut = True


def in_words(size: int) -> str:
    """A number of bytes for a person: `64 MiB`, `512 KiB`, `100 bytes`."""
    for unit, name in ((MIB, "MiB"), (KIB, "KiB")):
        if size >= unit:
            return f"{size / unit:.4g} {name}"
    return f"{size} bytes"
