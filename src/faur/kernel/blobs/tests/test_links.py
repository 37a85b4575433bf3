"""Links open bytes for a while; receipts prove who sent them."""

from datetime import UTC, datetime, timedelta

import pytest

from faur.kernel import clock
from faur.kernel.blobs import (
    LinkExpired,
    LinkInvalid,
    ReceiptInvalid,
    Stored,
    digest_of,
    link_token,
    read_link,
    read_receipt,
    receipt,
)
from faur.kernel.blobs.links import RECEIPT_LASTS
from faur.kernel.units import Bytes, Seconds

STORED = Stored(digest_of(b"content"), Bytes(7))
NOON = datetime(2025, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch):
    def freeze(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    freeze(NOON)
    return freeze


def test_a_link_opens_its_bytes_until_its_time_is_over(at) -> None:
    token = link_token(STORED.digest, Seconds(60), "model.onnx", "application/octet-stream")
    at(NOON + timedelta(seconds=59))
    link = read_link(token)
    assert (link.digest, link.filename, link.expires_at) == (STORED.digest, "model.onnx", NOON + timedelta(seconds=60))
    at(NOON + timedelta(seconds=60))
    with pytest.raises(LinkExpired):
        read_link(token)


def test_a_link_that_was_changed_is_refused(at) -> None:
    token = link_token(STORED.digest, Seconds(60), "a", "text/plain")
    for changed in ("", "x", token[:-1], "A" + token, token + "=", token.replace(":", ".")):
        with pytest.raises(LinkInvalid):
            read_link(changed)


def test_a_receipt_is_no_link_and_a_link_is_no_receipt(at) -> None:
    with pytest.raises(LinkInvalid):
        read_link(receipt("usr_a", STORED, "a.csv", "prj_a"))
    with pytest.raises(ReceiptInvalid):
        read_receipt(link_token(STORED.digest, Seconds(60), "a", "b/c"), actor_uid="usr_a", scope="prj_a")


def test_a_receipt_is_good_for_its_uploader_its_scope_and_a_week(at) -> None:
    token = receipt("usr_a", STORED, "a.csv", "prj_a")
    at(NOON + timedelta(seconds=RECEIPT_LASTS - 1))
    known = read_receipt(token, actor_uid="usr_a", scope="prj_a")
    assert (known.stored, known.filename) == (STORED, "a.csv")
    for actor, scope in (("usr_b", "prj_a"), ("usr_a", "prj_b"), ("prj_a", "usr_a")):
        with pytest.raises(ReceiptInvalid):
            read_receipt(token, actor_uid=actor, scope=scope)
    at(NOON + timedelta(seconds=RECEIPT_LASTS))
    with pytest.raises(ReceiptInvalid):
        read_receipt(token, actor_uid="usr_a", scope="prj_a")
