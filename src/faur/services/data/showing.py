"""A version as one person may see it: its files with links, and what is in them, or only their shape."""

from dataclasses import dataclass
from typing import Any

from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import Digest, link_token
from faur.kernel.units import Seconds
from faur.services.data import rules
from faur.services.data.models import DatasetVersion
from faur.services.data.queries import may_read_files

Json = dict[str, Any]  # Any: JSON
LINK_LASTS = Seconds(3600)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the API answers of a version; each file has a `link` where its bytes may be fetched for an hour."""

    version: DatasetVersion
    may_read_files: bool
    files: list[Json]
    profile: list[Json]

    def __getattr__(self, name: str) -> Any:  # Any: whatever the version has
        return getattr(self.version, name)


def shown(actor: Actor, version: DatasetVersion) -> Shown:
    """At most one query."""
    reads = may_read_files(actor, version)
    linked = reads and version.state == DatasetVersion.State.PUBLISHED
    files = [{**file, "link": link_to(file)} if linked else dict(file) for file in version.files]
    profile = version.profile if reads else [rules.outline(one) for one in version.profile]
    return Shown(version, reads, files, profile)


def link_to(file: Json) -> str:
    """Where the bytes of a file are fetched from, by whoever holds the address, for an hour."""
    token = link_token(Digest(file["digest"]), LINK_LASTS, file["path"], file["media_type"])
    return f"/api/v1/bytes/{token}"
