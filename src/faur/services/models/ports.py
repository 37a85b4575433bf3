"""What the registry asks of something that looks into a model's bytes, safely."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from faur.kernel.blobs.ports import Digest


@dataclass(frozen=True, slots=True)
class Screened:
    """What was found in a model's file. `code` is empty when it is fit to be loaded without running its code."""

    code: str = ""
    sentence: str = ""
    format: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)  # Any: JSON of the inspector


class ModelInspector(Protocol):
    def inspect(self, digest: Digest, filename: str) -> Screened:
        """Look into the bytes in a process of its own; refuses formats that run code when they are loaded."""
        ...
