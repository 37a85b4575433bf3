"""The record: append-only, hash-chained, signed statements of who did what to which digests.

Everything here is loaded at first use: the package can be imported before Django's models are ready, and the offline
verifier (`faur.kernel.record.verify`) without Django at all.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faur.kernel.record.bundles import Exported, export_bundle
    from faur.kernel.record.chains import append
    from faur.kernel.record.checkpoints import checkpoint
    from faur.kernel.record.jcs import JSON, canonical, sealed
    from faur.kernel.record.models import Checkpoint, Entry, EntryQuerySet
    from faur.kernel.record.queries import entries, entries_about, entry, latest, places
    from faur.kernel.record.signing import PublishedKey, published_key
    from faur.kernel.record.statements import FACTORY_CHAIN, Statement, Strength, Subject, subject_of

__all__ = [
    "FACTORY_CHAIN",
    "JSON",
    "Checkpoint",
    "Entry",
    "EntryQuerySet",
    "Exported",
    "PublishedKey",
    "Statement",
    "Strength",
    "Subject",
    "append",
    "canonical",
    "checkpoint",
    "entries",
    "entries_about",
    "entry",
    "export_bundle",
    "latest",
    "places",
    "published_key",
    "sealed",
    "subject_of",
]

_ROOMS = {
    "bundles": ("Exported", "export_bundle"),
    "chains": ("append",),
    "checkpoints": ("checkpoint",),
    "jcs": ("JSON", "canonical", "sealed"),
    "models": ("Checkpoint", "Entry", "EntryQuerySet"),
    "queries": ("entries", "entries_about", "entry", "latest", "places"),
    "signing": ("PublishedKey", "published_key"),
    "statements": ("FACTORY_CHAIN", "Statement", "Strength", "Subject", "subject_of"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
    globals()[name] = found
    return found
