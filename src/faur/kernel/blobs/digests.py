"""The name of bytes: their SHA-256, written one way only."""

import hashlib
import re

from faur.kernel.blobs.errors import MalformedDigest
from faur.kernel.blobs.ports import Digest

_SHAPE = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)


def parse_digest(text: str) -> Digest:
    """Raises MalformedDigest: anything but `sha256:` and 64 lower-case hexadecimal digits."""
    if not _SHAPE.fullmatch(text):
        raise MalformedDigest(text)
    return Digest(text)


def digest_of(content: bytes) -> Digest:
    return digest_from(hashlib.sha256(content).hexdigest())


def digest_from(hexadecimal: str) -> Digest:
    """The digest with these 64 digits, as `hexdigest()` gives them."""
    return parse_digest(f"sha256:{hexadecimal}")
