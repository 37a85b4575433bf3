"""Adapters meet ports here, once, at start."""

from faur.adapters.files import FileBlobs
from faur.kernel.blobs.ports import Blobs
from faur.kernel.config import config
from faur.kernel.wiring import wire


def wire_everything() -> None:
    wire(Blobs, FileBlobs(config().root / "blobs"))
