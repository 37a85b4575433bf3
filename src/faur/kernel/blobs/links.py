"""Signed texts that stand for bytes: links that let their bearer read for a while, and receipts for an upload."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing

from faur.kernel import clock
from faur.kernel.blobs.errors import LinkExpired, LinkInvalid, ReceiptInvalid
from faur.kernel.blobs.ports import Digest, Stored
from faur.kernel.units import Bytes, Seconds

RECEIPT_LASTS = Seconds(7 * 24 * 3600)

_LINK_SALT = "faur.blobs.link"
_RECEIPT_SALT = "faur.blobs.receipt"


@dataclass(frozen=True, slots=True)
class Link:
    """What the bearer of a link may read, and under which name and type it is answered."""

    digest: Digest
    filename: str
    media_type: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was uploaded, and how the uploader named it."""

    stored: Stored
    filename: str


def link_token(digest: Digest, seconds: Seconds, filename: str, media_type: str) -> str:
    """A text fit for an address, which opens these bytes to whoever holds it, for `seconds`."""
    until = clock.now() + timedelta(seconds=seconds)
    return signing.dumps([digest, filename, media_type, int(until.timestamp())], salt=_LINK_SALT)


def read_link(token: str) -> Link:
    """Raises LinkInvalid: not signed here. LinkExpired: its time is over."""
    try:
        digest, filename, media_type, until = _opened(token, _LINK_SALT)
    except ValueError:
        raise LinkInvalid from None
    link = Link(Digest(digest), filename, media_type, datetime.fromtimestamp(until, UTC))
    if link.expires_at <= clock.now():
        raise LinkExpired
    return link


def receipt(actor_uid: str, stored: Stored, filename: str, scope: str) -> str:
    """Proof that this actor sent these bytes for `scope` (a uid): knowing a digest alone gives no right to bytes."""
    until = clock.now() + timedelta(seconds=RECEIPT_LASTS)
    content = [actor_uid, scope, stored.digest, stored.size, filename, int(until.timestamp())]
    return signing.dumps(content, salt=_RECEIPT_SALT)


def read_receipt(token: str, *, actor_uid: str, scope: str) -> Receipt:
    """What `actor_uid` uploaded for `scope`.

    Raises:
        ReceiptInvalid: not signed here, another's, for another scope, or older than a week.
    """
    try:
        actor, where, digest, size, filename, until = _opened(token, _RECEIPT_SALT)
    except ValueError:
        raise ReceiptInvalid from None
    if (actor, where) != (actor_uid, scope) or until <= clock.now().timestamp():
        raise ReceiptInvalid
    return Receipt(Stored(Digest(digest), Bytes(size)), filename)


def _opened(token: str, salt: str) -> list[Any]:  # Any: JSON that we signed ourselves
    """Raises ValueError: the text was not signed here under this salt."""
    try:
        content: list[Any] = signing.loads(token, salt=salt)  # Any: as above
    except signing.BadSignature as error:
        raise ValueError("not signed here") from error
    return content
