"""One value, one sequence of bytes: the JSON Canonicalization Scheme (RFC 8785), so that a hash means one thing."""

import hashlib
import hmac
import math
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785
from django.utils.translation import gettext as _

from faur.kernel.record.errors import NotCanonical

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"
Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"

_LARGEST = 2**53 - 1
_DEEPEST = 64
_SALT_BYTES = 16
_UNFIT = re.compile("[\x00\ud800-\udfff]")


def canonical(value: JSON) -> bytes:
    """The canonical bytes of `value` by RFC 8785, in UTF-8.

    Raises:
        NotCanonical: names the places of what JSON cannot carry alike to all: a number that is not finite, an
            integer beyond 2^53 - 1, a text with a NUL or half a surrogate pair, any other type, more than 64 levels.
    """
    return rfc8785.dumps(_plain(value, "", 0))


def sealed(value: JSON, salt: bytes) -> str:
    """A digest that says nothing about `value` to one without `salt`: HMAC-SHA-256 over the canonical bytes.

    For what must not stand in the record itself: keep value and salt where they can be erased; after that the
    digest is a number without meaning. `salt` has at least 16 random bytes, its own for each value.

    Raises:
        ValueError: the salt is too short to hide anything.
    """
    if len(salt) < _SALT_BYTES:
        raise ValueError(f"a salt has at least {_SALT_BYTES} bytes")
    return f"sha256:{hmac.new(salt, canonical(value), hashlib.sha256).hexdigest()}"


def _plain(value: object, where: str, depth: int) -> Plain:
    """`value` in Python's own JSON types, or a refusal that names the place."""
    if depth > _DEEPEST:
        raise NotCanonical({where: _("nested too deeply")})
    if isinstance(value, str):
        return _text(value, where)
    if isinstance(value, Mapping):
        return {_key(key, where): _plain(item, _within(where, key), depth + 1) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_plain(item, _within(where, index), depth + 1) for index, item in enumerate(value)]
    return _scalar(value, where)


def _scalar(value: object, where: str) -> bool | int | float | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > _LARGEST:
            raise NotCanonical({where: _("an integer beyond 2^53 - 1")})
        return int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise NotCanonical({where: _("not a finite number")})
        return float(value)
    raise NotCanonical({where: _("%(kind)s is not a JSON type") % {"kind": type(value).__name__}})


def _key(key: object, where: str) -> str:
    if not isinstance(key, str):
        raise NotCanonical({where: _("the names of an object are texts")})
    return _text(key, where)


def _text(value: str, where: str) -> str:
    text = str.__str__(value)  # of a (str, Enum) the value, not its name
    if _UNFIT.search(text):
        raise NotCanonical({where: _("a text with a NUL or half a character")})
    return text


def _within(where: str, part: object) -> str:
    return f"{where}.{part}" if where else str(part)
