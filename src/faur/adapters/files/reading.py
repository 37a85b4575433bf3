"""A blob being read, a piece at a time."""

from collections.abc import Iterator
from io import FileIO

from faur.kernel.units import KIB

PIECE = 256 * KIB


class Reading(Iterator[bytes]):
    """The bytes of an open file from `start` up to `end`. Closes the file at the end, or when it is dropped."""

    def __init__(self, file: FileIO, start: int, end: int | None) -> None:
        self._file = file
        self._left = None if end is None else end - start
        file.seek(start)

    def __next__(self) -> bytes:
        piece = b"" if self._file.closed else self._file.read(PIECE if self._left is None else min(PIECE, self._left))
        if not piece:
            self.close()
            raise StopIteration
        if self._left is not None:
            self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._file.close()

    def __del__(self) -> None:
        self.close()
