"""What the kernel asks of a place that keeps bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NewType, Protocol

from faur.kernel.units import Bytes

Digest = NewType("Digest", str)
"""`sha256:` and 64 hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Stored:
    digest: Digest
    size: Bytes


class Blobs(Protocol):
    """Bytes by their SHA-256. The same bytes are stored once; memory stays flat whatever the size."""

    def put(self, chunks: Iterable[bytes]) -> Stored:
        """Store a stream. All of it or nothing: a crash, or an error of the stream, leaves nothing behind."""
        ...

    def open(self, digest: Digest, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` up to but not including `end`.

        Raises:
            BlobNotFound: there is no such blob (at once, not at the first read).
        """
        ...

    def size(self, digest: Digest) -> Bytes:
        """Raises BlobNotFound."""
        ...

    def has(self, digest: Digest) -> bool: ...

    def delete(self, digest: Digest) -> None:
        """Remove the bytes; removing what is not there changes nothing. For erasure and unreferenced bytes only."""
        ...
