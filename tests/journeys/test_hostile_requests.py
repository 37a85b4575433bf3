"""Requests that no honest program sends: broken off, ambiguous, too long, misdirected. The factory goes on."""

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.journeys import wire
from tests.journeys.people import World
from tests.journeys.users import TRACES, caller, new_dataset, refused, submitted_version, uploaded

pytestmark = pytest.mark.road

MIB = 1024 * 1024
GIB = 1024 * MIB


@pytest.fixture(scope="module")
def engineer(world: World) -> httpx.Client:
    return caller(world, "engineer")


def put(world: World, **headers: object) -> bytes:
    """The beginning of the engineer's upload."""
    path = f"/api/v1/bytes?project={world.made['project']}&filename=large.bin"
    bearer = f"Bearer {world.token('engineer')}"
    said = {name: str(value) for name, value in headers.items()}
    return wire.head(world.walked, "PUT", path, Authorization=bearer, **said)


# Uploads.


@pytest.mark.parametrize("chunked", [False, True])
def test_an_upload_that_breaks_off_leaves_nothing(world: World, chunked: bool) -> None:
    before = wire.kept_bytes(world.walked.home)
    line = wire.connected(world.walked)
    if chunked:
        line.sendall(put(world, Transfer_Encoding="chunked") + b"%x\r\n" % (4 * MIB) + bytes(3 * MIB))
    else:
        line.sendall(put(world, Content_Length=5 * GIB) + bytes(6 * MIB))
    line.close()
    until = time.monotonic() + 10
    while wire.kept_bytes(world.walked.home) != before:
        assert time.monotonic() < until, wire.kept_bytes(world.walked.home) - before
        time.sleep(0.1)
    assert list((world.walked.home / "blobs" / "incoming").iterdir()) == []


def test_uploads_that_stand_still_hold_nobody_up(world: World, engineer: httpx.Client) -> None:
    standing = [wire.connected(world.walked) for _ in range(12)]
    try:
        for line in standing:
            line.sendall(put(world, Content_Length=5 * GIB) + bytes(MIB))
        began = time.monotonic()
        uploaded(engineer, world.made["project"], b"through")
        version = engineer.get(f"/dataset-versions/{world.made['dataset_version']}").json()
        assert httpx.get(world.walked.url + version["files"][0]["link"]).status_code == 200
        assert engineer.get("/nothing").status_code == 404
        assert time.monotonic() - began < 5
    finally:
        for line in standing:
            line.close()


def test_many_large_uploads_at_once_all_arrive(world: World, engineer: httpx.Client) -> None:
    def upload(number: int) -> str:
        return uploaded(engineer, world.made["project"], bytes([number]) * (8 * MIB))

    with ThreadPoolExecutor(12) as pool:
        assert len(set(pool.map(upload, range(12)))) == 12


def test_a_file_beyond_the_limit_of_the_site_is_refused_before_it_is_sent(world: World) -> None:
    answer = wire.answered(world.walked, put(world, Content_Length=65 * GIB))
    assert wire.statuses(answer) == [413]
    assert b"upload.too_large" in answer


NAMES = ("../x", "a/b", "a\\b", ".", "..", "", "a\0b", "a\nb", "\u202etxt.exe", "x" * 300)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_needs_a_plain_name(world: World, engineer: httpx.Client, name: str) -> None:
    query = {"project": world.made["project"], "filename": name}
    assert refused(engineer.put("/bytes", params=query, content=b"x"), 422) == "upload.name_invalid"


PATHS = ("../../etc/passwd", "/etc/passwd", "a/../b", "a\\b", "a\nb", ".", "a//b", "e\u0301.csv")


@pytest.mark.parametrize("path", PATHS)
def test_a_file_of_a_version_stays_below_its_folder(world: World, engineer: httpx.Client, path: str) -> None:
    receipt = uploaded(engineer, world.made["project"], b"x,t\n1,a\n")
    body = {"files": [{"path": path, "split": "train", "receipt": receipt}]}
    answer = engineer.post(f"/datasets/{world.made['dataset']}/versions", json=body)
    assert refused(answer, 422) == "manifest.invalid"


def test_a_receipt_is_worth_nothing_in_other_hands_or_places(world: World, engineer: httpx.Client) -> None:
    receipt = uploaded(engineer, world.made["project"], b"x,t\n1,a\n")
    link = engineer.get(f"/dataset-versions/{world.made['dataset_version']}").json()["files"][0]
    other = caller(world, "other")
    elsewhere = new_dataset(other, world.made["other_project"], f"own-{time.time_ns()}")
    for api, dataset, proof in (
        (caller(world, "member"), world.made["dataset"], receipt),
        (other, elsewhere, receipt),
        (engineer, world.made["dataset"], receipt[:-4] + "AAAA"),
        (other, elsewhere, link["digest"]),
        (other, elsewhere, link["link"].rpartition("/")[2]),
    ):
        body = {"files": [{"path": "a.csv", "split": "train", "receipt": proof}]}
        answer = api.post(f"/datasets/{dataset}/versions", json=body)
        assert refused(answer, 422) == "dataset.files_invalid"
        assert list(answer.json()["fields"]) == ["files.0.receipt"]
    submitted_version(engineer, world.made["dataset"], "a.csv", receipt)


@pytest.mark.parametrize("digest", ["sha256:" + "0" * 64, "%2e%2e", "..%2f..%2fkeys%2fsecret", "%00", "x" * 5000])
def test_bytes_open_to_links_alone(world: World, engineer: httpx.Client, digest: str) -> None:
    answer = engineer.get(f"/bytes/{digest}")
    assert answer.status_code in {403, 404}
    refused(answer, answer.status_code)


# Requests.


def test_the_body_of_an_anonymous_request_is_not_kept_beyond_its_bound(world: World) -> None:
    length = {"Content_Length": str(50 * GIB), "Content_Type": "application/json"}
    declared = wire.answered(world.walked, wire.head(world.walked, "POST", "/api/v1/people", **length))
    chunk = b"%x\r\n" % MIB + bytes(MIB) + b"\r\n"
    undeclared = wire.head(world.walked, "POST", "/api/v1/people", Transfer_Encoding="chunked") + chunk * 6
    for answer in (declared, wire.answered(world.walked, undeclared)):
        assert wire.statuses(answer) == [413]
        assert b"body.too_large" in answer


def test_a_request_of_two_lengths_is_refused_and_what_follows_it_is_not_read(world: World) -> None:
    both = wire.head(world.walked, "POST", "/api/v1/people", Content_Length="4", Transfer_Encoding="chunked")
    smuggled = wire.head(world.walked, "GET", "/v2")
    assert wire.statuses(wire.answered(world.walked, both + b"0\r\n\r\n" + smuggled)) == [422]


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"POST /api/v1/people HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        b"POST /api/v1/people HTTP/1.1\r\nHost: a\r\nContent-Length: -4\r\n\r\nabcd",
        b"POST /api/v1/people HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
        b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
    ],
)
def test_what_is_no_request_is_told_so(world: World, request_: bytes) -> None:
    assert wire.statuses(wire.answered(world.walked, request_)) == [400]


def test_lines_that_never_end_hold_nobody_up(world: World, engineer: httpx.Client) -> None:
    lines = [wire.connected(world.walked) for _ in range(20)]
    for line in lines:
        line.sendall(b"POST /api/v1/people HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{")
    assert engineer.get("/me", timeout=5).status_code == 200
    for line in lines:
        line.close()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1@evil.example", "127.0.0.1:80:80", "[::1"])
def test_another_host_is_not_believed(world: World, host: str) -> None:
    for path in ("/", "/login/", "/projects/", "/api/v1/calls"):
        answer = wire.answered(world.walked, wire.head(world.walked, "GET", path, Host=host, Connection="close"))
        assert wire.statuses(answer) == [400]
        assert b"evil" not in answer


def test_no_header_of_a_proxy_is_believed_that_nobody_set_up(world: World) -> None:
    headers = {"X_Forwarded_Host": "evil.example", "X_Forwarded_Proto": "https", "Forwarded": "host=evil.example"}
    answer = wire.answered(world.walked, wire.head(world.walked, "GET", "/projects/", Connection="close", **headers))
    assert wire.statuses(answer) == [302]
    assert b"evil" not in answer


OUTSIDE = ["/static/../faur.sqlite3", "/static/%2e%2e/faur.sqlite3", "/static/..%2ffaur.sqlite3", "/static//etc/passwd"]
ODD = ["//evil.example/", "/%2f%2fevil.example/x", "/%ff", "/" + "a" * 20_000, "/.git/config", "/api/v1/jobs/..%2f/log"]


@pytest.mark.parametrize("path", [*OUTSIDE, *ODD])
def test_an_odd_address_leads_nowhere(world: World, path: str) -> None:
    answer = wire.answered(world.walked, wire.head(world.walked, "GET", path, Connection="close"))
    assert wire.statuses(answer)[0] in {401, 404}
    assert b"\r\nLocation: //" not in answer
    assert not [trace for trace in TRACES if trace.encode() in answer]


NUMBERS = [
    "/record/factory/" + "9" * 30 + "/",
    "/projects/?page=" + "9" * 30,
    "/projects/?page=-1",
    "/projects/?page=%00",
]


@pytest.mark.parametrize("path", NUMBERS)
def test_an_odd_number_in_an_address_is_no_defect(world: World, path: str) -> None:
    answer = wire.answered(world.walked, wire.head(world.walked, "GET", path, Connection="close"))
    assert wire.statuses(answer)[0] < 500


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PATCH", "FOO"])
@pytest.mark.parametrize("path", ["/api/v1/jobs", "/api/v1/bytes", "/v2", "/projects/", "/login/"])
def test_a_method_that_an_address_does_not_know_does_nothing(world: World, method: str, path: str) -> None:
    answer = httpx.request(method, world.walked.url + path)
    assert answer.status_code in {200, 401, 403, 404, 405}
    if answer.status_code == 200:
        assert (method, answer.content) == ("OPTIONS", b"")
    assert not [trace for trace in TRACES if trace in answer.text]


@pytest.mark.parametrize("wanted", ["bytes=" + "9" * 5000 + "-", "bytes=-" + "9" * 5000, "bytes=5-2", "bytes=a-b", "="])
def test_a_range_that_says_nothing_gets_the_whole(world: World, engineer: httpx.Client, wanted: str) -> None:
    file = engineer.get(f"/dataset-versions/{world.made['dataset_version']}").json()["files"][0]
    answer = httpx.get(world.walked.url + file["link"], headers={"Range": wanted})
    assert (answer.status_code, len(answer.content)) == (200, file["size"])
