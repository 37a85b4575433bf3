"""Files that are whole or not there, whoever writes at the same moment and whatever goes wrong."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from faur.kernel import files


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_a_file_has_the_mode_that_was_asked_for_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        files.create(tmp_path / "key", b"secret")
        files.replace(tmp_path / "page", b"text", mode=0o644)
    finally:
        os.umask(before)
    assert (mode_of(tmp_path / "key"), mode_of(tmp_path / "page")) == (0o600, 0o644)


def test_of_several_writers_the_first_wins_and_the_others_leave_nothing(tmp_path):
    path = tmp_path / "key"
    with ThreadPoolExecutor(8) as threads:
        first = list(threads.map(lambda n: files.create(path, b"%d" % n), range(40)))
    assert sum(first) == 1
    assert path.read_bytes() == b"%d" % first.index(True)
    assert list(tmp_path.iterdir()) == [path]


def test_readers_meet_the_old_content_or_the_new_and_nothing_between(tmp_path):
    path = tmp_path / "state"
    texts = [b"a" * 100_000, b"b" * 100_000]
    files.replace(path, texts[0])
    with ThreadPoolExecutor(2) as threads:
        writing = threads.submit(lambda: [files.replace(path, texts[n % 2]) for n in range(50)])
        while not writing.done():
            assert path.read_bytes() in texts
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_half_way_leaves_what_was_there(tmp_path):
    path = tmp_path / "state"
    files.replace(path, b"old")
    with suppress(RuntimeError), files.replacing(path) as draft:
        draft.write(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
