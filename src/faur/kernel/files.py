"""Files that are whole or not there: written beside their place, brought to the disk, then named."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

OWNER_ALONE = 0o600


def create(path: Path, content: bytes, *, mode: int = OWNER_ALONE) -> bool:
    """Make `path` with `content`; False where it exists already: of several writers, the first wins."""
    with _draft(path, mode) as draft:
        draft.write(content)
        _bring_to_disk(draft)
        try:
            os.link(draft.name, path)
        except FileExistsError:
            return False
    sync_folder(path.parent)
    return True


def replace(path: Path, content: bytes, *, mode: int = OWNER_ALONE) -> None:
    """Put `content` in the place of what `path` held, if anything."""
    with replacing(path, mode=mode) as draft:
        draft.write(content)


@contextmanager
def replacing(path: Path, *, mode: int = OWNER_ALONE) -> Iterator[BinaryIO]:
    """A file to write into, which takes the place of `path` when the block ends well, and is gone when it does not."""
    with _draft(path, mode) as draft:
        yield draft
        _bring_to_disk(draft)
        Path(draft.name).replace(path)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Bring the names in a folder to the disk."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _draft(path: Path, mode: int) -> Iterator[BinaryIO]:
    """A new file beside `path`, with exactly this mode whatever the process's umask; its own name does not stay."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(beside, "xb", opener=partial(os.open, mode=mode)) as draft:
            os.fchmod(draft.fileno(), mode)
            yield draft
    finally:
        beside.unlink(missing_ok=True)


def _bring_to_disk(draft: BinaryIO) -> None:
    draft.flush()
    os.fsync(draft.fileno())
