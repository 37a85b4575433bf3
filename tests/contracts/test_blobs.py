"""What every store of blobs promises, asked of each adapter."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from faur.adapters.files import FileBlobs
from faur.kernel.blobs import BlobNotFound, Blobs, Digest, MalformedDigest, digest_of
from faur.kernel.units import GIB, MIB

OPENINGS = {"files": "from faur.adapters.files import FileBlobs; blobs = FileBlobs(Path(sys.argv[1]))"}
"""How another process opens the store at the address in its first argument."""

ABSENT = digest_of(b"never stored")


@pytest.fixture(params=["files"])
def kind(request) -> str:
    return request.param


@pytest.fixture
def address(kind: str, tmp_path: Path) -> str:
    return str(tmp_path / "blobs")


@pytest.fixture
def opened(kind: str, address: str) -> Callable[[], Blobs]:
    return {"files": lambda: FileBlobs(Path(address))}[kind]


@pytest.fixture
def blobs(opened) -> Blobs:
    return opened()


@pytest.fixture
def elsewhere(kind: str, address: str) -> Callable[[str], subprocess.Popen[str]]:
    """Runs a program in another process, with `blobs` open there on the same store."""

    def run(program: str) -> subprocess.Popen[str]:
        opening = f"import sys\nfrom pathlib import Path\n{OPENINGS[kind]}\n"
        command = [sys.executable, "-c", opening + program, address]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    return run


def test_what_was_put_is_read_back(blobs: Blobs) -> None:
    stored = blobs.put([b"the ", b"", b"smith"])
    assert stored.digest == f"sha256:{hashlib.sha256(b'the smith').hexdigest()}"
    assert (stored.size, blobs.size(stored.digest), blobs.has(stored.digest)) == (9, 9, True)
    assert b"".join(blobs.open(stored.digest)) == b"the smith"


def test_no_bytes_at_all_are_a_blob_too(blobs: Blobs) -> None:
    stored = blobs.put([])
    assert stored.digest == digest_of(b"")
    assert (stored.size, list(blobs.open(stored.digest))) == (0, [])


def test_the_same_bytes_have_one_digest_however_they_are_cut(blobs: Blobs) -> None:
    assert blobs.put([b"ab", b"c"]) == blobs.put([b"a", b"bc"])


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, None, b"0123456789"),
        (3, None, b"3456789"),
        (0, 4, b"0123"),
        (2, 5, b"234"),
        (4, 4, b""),
        (8, 99, b"89"),
        (10, None, b""),
        (50, 60, b""),
    ],
)
def test_a_range_is_read(blobs: Blobs, start: int, end: int | None, expected: bytes) -> None:
    stored = blobs.put([b"0123456789"])
    assert b"".join(blobs.open(stored.digest, start, end)) == expected


@pytest.mark.parametrize(("start", "end"), [(-1, None), (5, 4), (0, -1)])
def test_a_range_that_cannot_be_is_a_mistake_of_the_program(blobs: Blobs, start: int, end: int | None) -> None:
    stored = blobs.put([b"0123456789"])
    with pytest.raises(ValueError):
        blobs.open(stored.digest, start, end)


def test_a_range_over_many_pieces_is_exact(blobs: Blobs) -> None:
    content = b"".join(hashlib.sha256(bytes([number])).digest() * 4096 for number in range(20))
    stored = blobs.put([content])
    assert b"".join(blobs.open(stored.digest, 777_777, 2_222_222)) == content[777_777:2_222_222]


def test_bytes_that_are_not_there_are_refused_at_once(blobs: Blobs) -> None:
    assert not blobs.has(ABSENT)
    for ask in (blobs.open, blobs.size):
        with pytest.raises(BlobNotFound):
            ask(ABSENT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sha256:",
        "../../etc/passwd",
        "a" * 64,
        "md5:" + "a" * 64,
        "sha256:" + "g" * 64,
        "sha256:" + "A" * 64,
        "sha256:" + "a" * 63,
        " sha256:" + "a" * 64,
        "sha256:" + "a" * 64 + "\n",
        "sha256:" + "a" * 61 + "/..",
    ],
)
def test_a_malformed_digest_is_refused_everywhere(blobs: Blobs, text: str) -> None:
    for ask in (blobs.open, blobs.size, blobs.has, blobs.delete):
        with pytest.raises(MalformedDigest):
            ask(Digest(text))


def test_a_stream_that_breaks_off_leaves_nothing(blobs: Blobs, address: str) -> None:
    def broken() -> Iterator[bytes]:
        yield b"x" * (3 * MIB)
        raise ConnectionResetError("the uploader went away")

    with pytest.raises(ConnectionResetError):
        blobs.put(broken())
    assert not blobs.has(digest_of(b"x" * (3 * MIB)))
    assert _files_below(address) == []


def test_removed_bytes_are_gone_and_removing_them_again_changes_nothing(blobs: Blobs) -> None:
    stored = blobs.put([b"personal"])
    blobs.delete(stored.digest)
    blobs.delete(stored.digest)
    assert not blobs.has(stored.digest)
    assert blobs.put([b"personal"]) == stored
    assert b"".join(blobs.open(stored.digest)) == b"personal"


def test_another_process_sees_what_was_stored(blobs: Blobs, opened) -> None:
    stored = blobs.put([b"shared"])
    assert b"".join(opened().open(stored.digest)) == b"shared"


def test_many_puts_of_the_same_bytes_at_once_store_them_once(opened, address: str) -> None:
    content = os.urandom(2 * MIB)
    together = threading.Barrier(6)

    def put(_: int) -> Digest:
        store = opened()
        together.wait()
        return store.put(content[start : start + 65536] for start in range(0, len(content), 65536)).digest

    with ThreadPoolExecutor(6) as pool:
        digests = set(pool.map(put, range(6)))
    assert digests == {digest_of(content)}
    assert b"".join(opened().open(digest_of(content))) == content
    assert len(_files_below(address)) == 1


@pytest.mark.kills
def test_a_put_killed_at_any_moment_leaves_no_half_blob(opened, elsewhere) -> None:
    program = """
print("started", flush=True)
for number in range(100_000):
    piece = number.to_bytes(8, "big") * 131072
    blobs.put([piece, piece])
    print(blobs.put([piece]).digest, flush=True)
"""
    for pieces_before_the_kill in (0, 1, 2, 5):
        writer = elsewhere(program)
        lines = [writer.stdout.readline().strip() for _ in range(1 + pieces_before_the_kill)]
        writer.send_signal(signal.SIGKILL)
        lines += [line.strip() for line in writer.stdout]
        writer.wait()
        store = opened()
        for number, digest in enumerate(lines[1:]):
            assert digest_of(b"".join(store.open(Digest(digest)))) == digest
            assert digest == digest_of(number.to_bytes(8, "big") * 131072)
        following = digest_of(len(lines[1:]).to_bytes(8, "big") * 131072)
        assert not store.has(following) or digest_of(b"".join(store.open(following))) == following


@pytest.mark.slow
def test_two_gibibytes_pass_through_flat_memory(elsewhere, address: str) -> None:
    if psutil.disk_usage(str(Path(address).parent)).free < 6 * GIB:
        pytest.skip("less than 6 GiB free on the disk")
    run = elsewhere(
        """
import resource
from faur.kernel.units import GIB, MIB

def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

blobs.put([b"warm"])
before = peak()
stored = blobs.put(number.to_bytes(8, "big") * (MIB // 8) for number in range(2048))
assert stored.size == 2 * GIB
read = sum(len(piece) for piece in blobs.open(stored.digest))
blobs.delete(stored.digest)
print(read, peak() - before)
"""
    )
    output, _ = run.communicate(timeout=300)
    read, extra = map(int, output.split())
    assert read == 2 * GIB
    assert extra < 64 * MIB, f"{extra / MIB:.1f} MiB of extra memory"


def _files_below(address: str) -> list[Path]:
    return [path for path in Path(address).rglob("*") if path.is_file()]
