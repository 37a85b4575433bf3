"""Typed, sortable, opaque identifiers: `job_01k…`. A database key never leaves the database."""

import os
import re
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_SHAPE = re.compile(rf"[a-z]{{3,4}}_[{_ALPHABET}]{{26}}")


def new_uid(prefix: str) -> str:
    """A new identifier: `prefix`, an underscore, and a UUIDv7 (RFC 9562, 5.7) in Crockford's base32, 26 characters."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (random >> 68 & 0xFFF) << 64
    value |= 0b10 << 62 | random & (1 << 62) - 1
    return f"{prefix}_{_base32(value)}"


def is_uid(text: str, prefix: str | None = None) -> bool:
    """Whether `text` has the shape of an identifier, and of that type where `prefix` is given."""
    return bool(_SHAPE.fullmatch(text)) and (prefix is None or prefix_of(text) == prefix)


def prefix_of(uid: str) -> str:
    """The type of an identifier: `job` for `job_01k…`."""
    return uid.partition("_")[0]


def _base32(value: int) -> str:
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))
