"""What the store in a folder promises beyond the port: modes, places, sweeping, and a full disk."""

import fcntl
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from faur.adapters.files import FileBlobs
from faur.adapters.files.incoming import ABANDONED_AFTER
from faur.kernel.blobs import NoSpace, digest_of
from faur.kernel.units import MIB

FILL = """
import sys
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False)
from faur.adapters.files import FileBlobs
from faur.kernel.blobs import NoSpace
%(limit)s
blobs = FileBlobs(Path(sys.argv[1]))
try:
    blobs.put(b"x" * 65536 for _ in range(1000))
except NoSpace as refusal:
    left = [path for path in Path(sys.argv[1]).rglob("*") if path.is_file()]
    print(refusal.code, refusal.transient, len(left), blobs.put([b"small"]).size)
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from faur.adapters.files import FileBlobs

def chunks():
    yield b"half"
    os.kill(os.getpid(), signal.SIGKILL)

FileBlobs(Path(sys.argv[1])).put(chunks())
"""
REFUSED_AND_CLEAN = "blob.no_space True 0 5"


@pytest.fixture
def blobs(tmp_path: Path) -> FileBlobs:
    return FileBlobs(tmp_path)


def test_a_blob_lies_read_only_where_its_digest_says(blobs: FileBlobs, tmp_path: Path) -> None:
    name = blobs.put([b"iron"]).digest.removeprefix("sha256:")
    place = tmp_path / name[:2] / name[2:4] / name
    assert place.read_bytes() == b"iron"
    assert stat.S_IMODE(place.stat().st_mode) == 0o440


def test_a_damaged_blob_is_healed_by_putting_it_again(blobs: FileBlobs, tmp_path: Path) -> None:
    digest = blobs.put([b"iron"]).digest
    (place,) = (path for path in tmp_path.rglob("*") if path.is_file())
    place.chmod(0o640)
    place.write_bytes(b"rust")
    blobs.put([b"iron"])
    assert b"".join(blobs.open(digest)) == b"iron"


def test_a_blob_can_be_read_to_the_end_while_it_is_removed(blobs: FileBlobs) -> None:
    content = os.urandom(MIB)
    digest = blobs.put([content]).digest
    reading = blobs.open(digest)
    first = next(reading)
    blobs.delete(digest)
    assert first + b"".join(reading) == content


def test_a_start_sweeps_what_a_killed_process_of_this_machine_left(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], capture_output=True, text=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert len(list((tmp_path / "incoming").iterdir())) == 1
    FileBlobs(tmp_path)
    assert not list((tmp_path / "incoming").iterdir())


@pytest.mark.parametrize("sweep", [lambda blobs, folder: FileBlobs(folder), lambda blobs, folder: blobs.put([b"new"])])
def test_a_start_and_every_put_sweep_what_another_machine_left_an_hour_ago(
    tmp_path: Path, sweep: Callable[[FileBlobs, Path], object]
) -> None:
    blobs = FileBlobs(tmp_path)
    old, fresh = tmp_path / "incoming" / "old", tmp_path / "incoming" / "fresh"
    old.write_bytes(b"half"), fresh.write_bytes(b"half")
    _age(old)
    sweep(blobs, tmp_path)
    assert (old.exists(), fresh.exists()) == (False, True)


def test_a_start_leaves_a_slow_upload_alone(tmp_path: Path) -> None:
    FileBlobs(tmp_path)
    slow = tmp_path / "incoming" / "slow"
    with slow.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _age(slow)
        FileBlobs(tmp_path)
        assert slow.exists()


def test_a_file_larger_than_may_be_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({4 * MIB}, {4 * MIB}))"
    command = [sys.executable, "-c", FILL % {"limit": limit}, str(tmp_path)]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() == REFUSED_AND_CLEAN


@pytest.mark.sandbox
def test_a_full_disk_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    if not (bubblewrap := shutil.which("bwrap")):
        pytest.skip("bubblewrap is not here: no small disk to fill")
    disk = ["--bind", "/", "/", "--dev", "/dev", "--size", str(8 * MIB), "--tmpfs", str(tmp_path)]
    command = [bubblewrap, *disk, sys.executable, "-c", FILL % {"limit": ""}, str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == REFUSED_AND_CLEAN, ran.stderr


def test_an_error_of_the_disk_other_than_fullness_passes_through(blobs: FileBlobs, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "incoming")
    with pytest.raises(FileNotFoundError):
        blobs.put([b"iron"])
    assert not blobs.has(digest_of(b"iron"))
    assert NoSpace.transient


def _age(path: Path) -> None:
    long_ago = time.time() - ABANDONED_AFTER - 60
    os.utime(path, (long_ago, long_ago))
