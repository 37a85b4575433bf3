"""Bytes kept as read-only files, each at the path that its digest gives: `ab/cd/abcd…`."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from faur.adapters.files.incoming import Incoming
from faur.adapters.files.reading import Reading
from faur.kernel.blobs.digests import digest_from, parse_digest
from faur.kernel.blobs.errors import BlobNotFound
from faur.kernel.blobs.ports import Digest, Stored
from faur.kernel.units import Bytes


class FileBlobs:
    """A store below the folder `root`, which it makes. Fulfils `kernel.blobs.Blobs`.

    A blob appears by a rename within one file system, after its bytes are on the disk: it is whole, or not there.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = Incoming(root / "incoming")

    def put(self, chunks: Iterable[bytes]) -> Stored:
        """Raises NoSpace: the disk or the quota is full. Errors of `chunks` itself pass through."""
        sha256, size = hashlib.sha256(), 0
        with self._incoming.file() as incoming:
            for chunk in chunks:
                incoming.write(chunk)
                sha256.update(chunk)
                size += len(chunk)
            digest = digest_from(sha256.hexdigest())
            incoming.place(self._path(digest))
        return Stored(digest, Bytes(size))

    def open(self, digest: Digest, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Raises ValueError: `start` is negative, or `end` before it. A range beyond the end gives what there is."""
        if start < 0 or (end is not None and end < start):
            raise ValueError(f"no range: {start} to {end}")
        try:
            file = self._path(digest).open("rb", buffering=0)
        except FileNotFoundError:
            raise BlobNotFound(digest) from None
        return Reading(file, start, end)

    def size(self, digest: Digest) -> Bytes:
        try:
            return Bytes(self._path(digest).stat().st_size)
        except FileNotFoundError:
            raise BlobNotFound(digest) from None

    def has(self, digest: Digest) -> bool:
        return self._path(digest).is_file()

    def delete(self, digest: Digest) -> None:
        self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: Digest) -> Path:
        """Raises MalformedDigest: so nothing but a digest ever becomes a path."""
        name = parse_digest(digest).removeprefix("sha256:")
        return self._root / name[:2] / name[2:4] / name
