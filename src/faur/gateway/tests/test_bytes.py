"""Bytes in by those who may bring them, out by a signed link, whole or in part."""

from hashlib import sha256

import pytest

from faur.kernel.blobs import ReceiptInvalid, blobs, link_token, read_receipt
from faur.kernel.units import Seconds
from faur.services.compute.tests.world import make_world

CONTENT = bytes(range(256)) * 1000
UPLOAD = "/api/v1/bytes"


@pytest.fixture
def headers(live_world, token_of):
    return token_of(live_world.lead.uid)


@pytest.fixture
def stranger(live_world, token_of):
    """The lead of another project."""
    return token_of(make_world().lead.uid)


def link(content: bytes = CONTENT, *, seconds: int = 60, name: str = "iron ore.csv", kind: str = "text/csv") -> str:
    return f"{UPLOAD}/{link_token(blobs().put([content]).digest, Seconds(seconds), name, kind)}"


async def test_an_upload_is_kept_and_its_receipt_is_its_senders_alone_for_that_project(client, live_world, headers):
    asked = {"project": live_world.project.uid, "filename": "train.csv"}
    answer = await client.put(UPLOAD, params=asked, content=CONTENT, headers=headers)
    said = answer.json()
    assert (answer.status_code, said["size"], said["filename"]) == (201, len(CONTENT), "train.csv")
    assert said["digest"] == f"sha256:{sha256(CONTENT).hexdigest()}"
    proved = read_receipt(said["receipt"], actor_uid=live_world.lead.uid, scope=live_world.project.uid)
    assert (proved.stored.digest, proved.filename) == (said["digest"], "train.csv")
    for actor, scope in (("usr_other", live_world.project.uid), (live_world.lead.uid, "prj_other")):
        with pytest.raises(ReceiptInvalid):
            read_receipt(said["receipt"], actor_uid=actor, scope=scope)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b", "a\nb", "x" * 256])
async def test_a_name_with_folders_or_without_letters_is_refused(client, live_world, headers, name):
    asked = {"project": live_world.project.uid, "filename": name}
    answer = await client.put(UPLOAD, params=asked, content=b"x", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "upload.name_invalid")


async def test_a_project_of_others_is_not_found_and_nothing_is_kept(client, stranger, live_world):
    asked = {"project": live_world.project.uid, "filename": "x.csv"}
    answer = await client.put(UPLOAD, params=asked, content=b"not mine to send", headers=stranger)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert not blobs().has(f"sha256:{sha256(b'not mine to send').hexdigest()}")


async def test_without_a_token_nothing_is_taken(client, live_world):
    answer = await client.put(UPLOAD, params={"project": live_world.project.uid}, content=b"x")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


async def test_a_link_gives_the_bytes_under_their_name_and_never_as_a_page(client):
    answer = await client.get(link())
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, CONTENT, "text/csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''iron%20ore.csv"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Length"] == str(len(CONTENT))


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=1000-", 206, 1000, len(CONTENT)),
        ("bytes=-10", 206, len(CONTENT) - 10, len(CONTENT)),
        ("bytes=0-99999999", 206, 0, len(CONTENT)),
        ("bytes=0-0,5-6", 200, 0, len(CONTENT)),
        ("lines=1-2", 200, 0, len(CONTENT)),
    ],
)
async def test_a_range_is_answered_as_it_was_asked(client, asked, status, start, end):
    answer = await client.get(link(), headers={"Range": asked})
    assert (answer.status_code, answer.content) == (status, CONTENT[start:end])
    said = f"bytes {start}-{end - 1}/{len(CONTENT)}" if status == 206 else None
    assert answer.headers.get("Content-Range") == said


async def test_a_range_behind_the_end_is_refused(client):
    answer = await client.get(link(), headers={"Range": f"bytes={len(CONTENT)}-"})
    assert (answer.status_code, answer.json()["code"]) == (416, "range.unsatisfiable")


async def test_a_head_says_what_a_get_would_give(client):
    answer = await client.head(link(), headers={"Range": "bytes=0-9"})
    assert (answer.status_code, answer.content, answer.headers["Content-Length"]) == (206, b"", "10")


async def test_an_empty_file_is_an_empty_answer(client):
    answer = await client.get(link(b""))
    assert (answer.status_code, answer.content) == (200, b"")


async def test_a_link_ends_and_cannot_be_made_up(client):
    ended, forged = await client.get(link(seconds=-1)), await client.get(link().replace(":", ":x", 1))
    assert (ended.status_code, ended.json()["code"]) == (410, "link.expired")
    assert (forged.status_code, forged.json()["code"]) == (403, "link.invalid")


async def test_a_link_to_bytes_that_are_gone_is_not_found(client):
    stored = blobs().put([b"gone"])
    blobs().delete(stored.digest)
    answer = await client.get(f"{UPLOAD}/{link_token(stored.digest, Seconds(60), 'x', 'text/plain')}")
    assert (answer.status_code, answer.json()["code"]) == (404, "blob.not_found")
