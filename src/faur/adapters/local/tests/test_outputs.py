"""What a job leaves is looked at without trusting it."""

import os
from pathlib import Path

import pytest

from faur.adapters.local import outputs
from faur.kernel.units import MIB


def make_pit(top: Path, depth: int) -> None:
    """Folders in folders, deeper than a path can say."""
    folder, name = os.open(top, os.O_RDONLY), "d" * 20
    for _ in range(depth):
        os.mkdir(name, dir_fd=folder)
        below = os.open(name, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(folder)


@pytest.fixture
def box(tmp_path: Path) -> Path:
    for name in ("out", "report"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_files_are_measured_by_the_larger_of_size_and_disk(box: Path) -> None:
    (box / "out" / "empty").touch()
    (box / "out" / "sparse").touch()
    os.truncate(box / "out" / "sparse", MIB)
    assert outputs.measured(box / "out") == outputs.BLOCK + MIB
    assert outputs.measured(box / "out" / "sparse") == MIB
    assert outputs.measured(box / "nothing") == 0


def test_a_link_weighs_as_a_link_and_is_not_followed(box: Path) -> None:
    (box / "out" / "link").symlink_to("/usr")
    assert outputs.measured(box / "out") == outputs.BLOCK


def test_folders_without_a_bottom_are_not_measured_nor_listed_but_removed(box: Path) -> None:
    make_pit(box / "out", 300)
    (box / "report" / "real").touch()
    with pytest.raises(outputs.Unmeasurable):
        outputs.measured(box / "out")
    assert [file.path for file in outputs.listed(box)] == ["report/real"]
    outputs.remove(box)
    assert not box.exists()


def test_a_folder_that_hides_its_content_is_not_measured_but_removed(box: Path) -> None:
    hidden = box / "out" / "hidden"
    hidden.mkdir()
    (hidden / "file").touch()
    hidden.chmod(0)
    if os.access(hidden, os.R_OK):
        pytest.skip("nothing is hidden from root")
    with pytest.raises(outputs.Unmeasurable):
        outputs.measured(box / "out")
    assert outputs.listed(box) == []
    outputs.remove(box)
    assert not box.exists()


def test_a_link_in_the_way_is_not_followed(box: Path) -> None:
    (box / "secret").write_text("secret")
    (box / "out" / "up").symlink_to("..")
    assert outputs.read(box, ["out", "up", "secret"], 0, 10) == b""
    (box / "report").rmdir()
    (box / "report").symlink_to(".")
    assert outputs.read(box, ["report", "secret"], 0, 10) == b""
    assert outputs.listed(box) == []


def test_parts_are_read_by_offset(box: Path) -> None:
    (box / "out" / "a").write_bytes(b"0123456789")
    assert outputs.read(box, ["out", "a"], 3, 4) == b"3456"
    assert outputs.read(box, ["out", "a"], 10, 4) == b""
