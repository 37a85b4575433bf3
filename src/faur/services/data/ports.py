"""What data asks of something that looks into files nobody trusts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from faur.kernel.blobs.ports import Digest


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was found in a file. `code` is empty when it can be read; `profile`: rows, and its columns one by one."""

    code: str = ""
    sentence: str = ""
    media_type: str = ""
    profile: Mapping[str, Any] = field(default_factory=dict)  # Any: JSON of the inspector


class TableInspector(Protocol):
    def inspect(self, digest: Digest, filename: str) -> Inspected:
        """Look into the bytes in a process of its own, with bounded time and memory."""
        ...
