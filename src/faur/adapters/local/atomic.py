"""Files that are whole or not there: written beside their place, brought to the disk, then named."""

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

Json = Mapping[str, object]


def write_once(path: Path, content: Json) -> bool:
    """Create `path` with `content`; False where it exists already: of several writers, the first wins."""
    with _written_beside(path, content) as beside:
        try:
            os.link(beside, path)
        except FileExistsError:
            return False
    sync_folder(path.parent)
    return True


def replace(path: Path, content: Json) -> None:
    """Put `content` in the place of what `path` held, if anything."""
    with _written_beside(path, content) as beside:
        beside.replace(path)
    sync_folder(path.parent)


def read(path: Path) -> dict[str, object] | None:
    """What `path` holds; None where it is not there."""
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    return dict(content)


def sync_folder(path: Path) -> None:
    """Bring the names in a folder to the disk."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _written_beside(path: Path, content: Json) -> Iterator[Path]:
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        with beside.open("xb") as file:
            file.write(json.dumps(content, indent=1).encode())
            file.flush()
            os.fsync(file.fileno())
        yield beside
    finally:
        beside.unlink(missing_ok=True)
