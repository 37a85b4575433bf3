"""What is known of a job, as JSON in files that are whole or not there."""

import json
from collections.abc import Mapping
from pathlib import Path

from faur.kernel import files

Json = Mapping[str, object]


def write_once(path: Path, content: Json) -> bool:
    """Create `path` with `content`; False where it exists already: of several writers, the first wins."""
    return files.create(path, _written(content))


def replace(path: Path, content: Json) -> None:
    """Put `content` in the place of what `path` held, if anything."""
    files.replace(path, _written(content))


def read(path: Path) -> dict[str, object] | None:
    """What `path` holds; None where it is not there."""
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    return dict(content)


def _written(content: Json) -> bytes:
    return json.dumps(content, indent=1).encode()
