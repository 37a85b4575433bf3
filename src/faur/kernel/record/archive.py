"""A ZIP that is the same bytes for the same content: members stored as they are, no times, no owners, no extras.

The layout is PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.14 to 4.3.16. Members are not compressed:
what compression makes of the same bytes differs from one library to the next, and a changed byte would hide its place.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import IO
from zlib import crc32

from faur.kernel.record.errors import BundleTooLarge
from faur.kernel.units import GIB

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_END_64 = struct.Struct("<4sQHHIIQQQQ")
_LOCATOR_64 = struct.Struct("<4sIQI")

_NEEDS, _MADE_BY = 20, 0x0314
_UTF_8, _STORED = 0x0800, 0
_NO_TIME, _FIRST_DAY = 0, 0x0021
_PLAIN_FILE = 0o100644 << 16
_MOST_MEMBERS = 0xFFFF
_LARGEST = 4 * GIB - 1


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the archive: what its manifest says of it, and what its directory needs."""

    name: str
    size: int
    sha256: str
    crc: int
    offset: int


class Archive:
    """Writes members one after the other into a seekable stream; memory stays flat. End it with `close`.

    Raises:
        BundleTooLarge: more than 4 GiB.
    """

    def __init__(self, into: IO[bytes]) -> None:
        self._into = into
        self._start = into.tell()
        self.members: list[Member] = []

    def add(self, name: str, chunks: Iterable[bytes]) -> Member:
        """Write one member. Its header holds its size and checksum, so it is written again when they are known."""
        offset = self._offset()
        self._into.write(_local(name, 0, 0))
        size, checksum, digest = 0, 0, sha256()
        for chunk in chunks:
            size, checksum = size + len(chunk), crc32(chunk, checksum)
            if offset + size > _LARGEST:
                raise BundleTooLarge
            digest.update(chunk)
            self._into.write(chunk)
        end = self._into.tell()
        self._into.seek(self._start + offset)
        self._into.write(_local(name, checksum, size))
        self._into.seek(end)
        self.members.append(member := Member(name, size, digest.hexdigest(), checksum, offset))
        return member

    def close(self) -> None:
        """Write the directory."""
        begin = self._offset()
        for member in self.members:
            self._into.write(_central(member))
        size, count = self._offset() - begin, len(self.members)
        if begin + size > _LARGEST:
            raise BundleTooLarge
        if count >= _MOST_MEMBERS:
            self._into.write(_END_64.pack(b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, begin))
            self._into.write(_LOCATOR_64.pack(b"PK\x06\x07", 0, begin + size, 1))
        stated = min(count, _MOST_MEMBERS)
        self._into.write(_END.pack(b"PK\x05\x06", 0, 0, stated, stated, size, begin, 0))

    def _offset(self) -> int:
        return self._into.tell() - self._start


def _local(name: str, checksum: int, size: int) -> bytes:
    spelled = name.encode()
    fixed = (_NEEDS, _UTF_8, _STORED, _NO_TIME, _FIRST_DAY, checksum, size, size, len(spelled), 0)
    return _LOCAL.pack(b"PK\x03\x04", *fixed) + spelled


def _central(member: Member) -> bytes:
    spelled, size = member.name.encode(), member.size
    fixed = (_MADE_BY, _NEEDS, _UTF_8, _STORED, _NO_TIME, _FIRST_DAY, member.crc, size, size, len(spelled))
    return _CENTRAL.pack(b"PK\x01\x02", *fixed, 0, 0, 0, 0, _PLAIN_FILE, member.offset) + spelled
