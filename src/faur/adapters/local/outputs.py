"""What a job writes, read without trusting it: it may plant links, pipes, endless folders and files full of nothing."""

import os
import stat
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from faur.adapters.local.folder import LEFT
from faur.kernel.units import Bytes
from faur.services.compute.ports import OutputFile

DEEPEST = 64
BLOCK = 4096
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Unmeasurable(Exception):  # noqa: N818 - a finding about the job, not a failure of ours
    """Folders nest deeper than anything honest does, or hide what is in them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that lies in a folder; `path` is relative to where the walk began."""

    path: str
    status: os.stat_result

    @property
    def regular(self) -> bool:
        return stat.S_ISREG(self.status.st_mode)


def read(box: Path, names: list[str], offset: int, limit: int) -> bytes:
    """At most `limit` bytes of the regular file to which `names` lead in `box`; empty where there is none."""
    with ExitStack() as opened, suppress(OSError):
        folder = os.open(box, _FOLDER)
        opened.callback(os.close, folder)
        for name in names[:-1]:
            folder = os.open(name, _FOLDER, dir_fd=folder)
            opened.callback(os.close, folder)
        return _part(os.open(names[-1], _FILE, dir_fd=folder), offset, limit)
    return b""


def read_plain(path: Path, offset: int, limit: int) -> bytes:
    """At most `limit` bytes of a regular file that is not a link; empty where there is none."""
    try:
        return _part(os.open(path, _FILE), offset, limit)
    except OSError:
        return b""


def listed(box: Path) -> list[OutputFile]:
    """The regular files under out/ and report/, sorted by path.

    What lies too deep, is hidden, or has a name that is not text is left out.
    """
    found = [
        OutputFile(path=f"{place}/{entry.path}", size=Bytes(entry.status.st_size))
        for place in LEFT
        for entry in walk(box / place, strict=False)
        if entry.regular and _is_text(entry.path)
    ]
    return sorted(found, key=lambda file: PurePosixPath(file.path).parts)


def measured(path: Path) -> Bytes:
    """The bytes that lie under `path`: the larger of size and disk of each file, at least a block for every entry.

    Raises:
        Unmeasurable: there are folders that cannot be looked into.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        return Bytes(0)
    if not stat.S_ISDIR(status.st_mode):
        return Bytes(_weight(status))
    return Bytes(sum(_weight(entry.status) for entry in walk(path, strict=True)))


def walk(path: Path, *, strict: bool) -> Iterator[Entry]:
    """Everything under `path`, never through a link.

    Raises:
        Unmeasurable: something cannot be looked into, and `strict` forbids to pass it by.
    """
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        for entry in _entries(path, folder, strict=strict):
            yield entry
            if stat.S_ISDIR(entry.status.st_mode):
                waiting.append(entry.path)


def remove(path: Path) -> None:
    """Remove a folder with all that a job made in it, however deep, unreadable or read-only; links are not followed."""
    subprocess.run(["chmod", "-R", "u+rwx", "--", str(path)], stderr=subprocess.DEVNULL, check=False)
    subprocess.run(["rm", "-rf", "--", str(path)], stderr=subprocess.DEVNULL, check=False)


def _entries(path: Path, folder: str, *, strict: bool) -> Iterator[Entry]:
    with ExitStack() as opened:
        try:
            descriptor = _opened(path, folder, opened)
            names = os.listdir(descriptor)  # noqa: PTH208 - a descriptor has no Path
        except FileNotFoundError:
            return
        except OSError as error:
            if strict:
                raise Unmeasurable(folder) from error
            return
        for name in names:
            with suppress(FileNotFoundError):
                status = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
                yield Entry(f"{folder}/{name}" if folder else name, status)


def _opened(path: Path, folder: str, opened: ExitStack) -> int:
    names = folder.split("/") if folder else []
    if len(names) > DEEPEST:
        raise OSError(f"deeper than {DEEPEST} folders")
    descriptor = os.open(path, _FOLDER)
    opened.callback(os.close, descriptor)
    for name in names:
        descriptor = os.open(name, _FOLDER, dir_fd=descriptor)
        opened.callback(os.close, descriptor)
    return descriptor


def _is_text(name: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _part(file: int, offset: int, limit: int) -> bytes:
    try:
        return os.pread(file, limit, offset) if stat.S_ISREG(os.fstat(file).st_mode) else b""
    finally:
        os.close(file)


def _weight(status: os.stat_result) -> int:
    return max(status.st_size if stat.S_ISREG(status.st_mode) else 0, status.st_blocks * 512, BLOCK)
