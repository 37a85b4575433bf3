"""What serving asks of something that runs models."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class EngineFailed(Exception):  # noqa: N818 - it says what happened to the engine, in a sentence for its log
    """The engine cannot serve these models; the same models will fail again."""


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model under the name by which it is called; `folder` holds `model.onnx`."""

    name: str
    folder: Path


class Engine(Protocol):
    """A process that answers the Open Inference Protocol v2 for its models, over a unix socket.

    It comes back by itself after a crash; until then it is not `alive`, and its socket refuses connections.
    """

    async def start(self, models: Sequence[ServedModel]) -> None:
        """Serve `models`, and no others any more; returns when they answer.

        Raises:
            EngineFailed: a model cannot be loaded, or nothing answers in time. Then nothing runs.
        """
        ...

    async def stop(self) -> None:
        """Answer what was asked already, then end. Stopping a stopped engine changes nothing."""
        ...

    def socket(self, name: str) -> Path:
        """The socket at which the model `name` answers. Raises LookupError: it is not served here."""
        ...

    @property
    def alive(self) -> bool:
        """Whether its process runs and answers."""
        ...


@dataclass(frozen=True, slots=True)
class EngineKind:
    """What serves models of one format here, and what the record says of it. `make` gives an engine of its own."""

    make: Callable[[], Engine]
    name: str
    protocol: str
    hardware: str
