"""What checking found is good: the version is published."""

from collections.abc import Sequence
from typing import Any

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.data import rules
from faur.services.data.digests import digest_of_json
from faur.services.data.errors import VersionDecided
from faur.services.data.models import DatasetVersion
from faur.services.data.ports import Inspected
from faur.services.data.rights import only_the_factory

Json = dict[str, Any]  # Any: JSON


@action("data.accept_version", may=only_the_factory)
def accept_version(actor: Actor, version: DatasetVersion, *, found: Sequence[Inspected]) -> Statement[None]:
    """All files can be read; what was found in them is kept as their profile. Raises VersionDecided."""
    version.lock()
    if version.state != DatasetVersion.State.CHECKING:
        raise VersionDecided(version.state)
    version.files = [{**file, "media_type": one.media_type} for file, one in zip(version.files, found, strict=True)]
    version.profile = rules.kept(
        [
            {"path": file["path"], "split": file["split"], **one.profile}
            for file, one in zip(version.files, found, strict=True)
        ]
    )
    version.state = DatasetVersion.State.PUBLISHED
    version.save()
    dataset = version.dataset
    return Statement(chain=dataset.project.uid, subjects=[version, dataset], claims=_claims(version))


def _claims(version: DatasetVersion) -> Json:
    dataset = version.dataset
    return {
        "dataset": dataset.uid,
        "dataset_version": version.uid,
        "version": version.number,
        "manifest": version.manifest,
        "files": [_claimed(file, one) for file, one in zip(version.files, version.profile, strict=True)],
        "rows": rules.rows_in(version.profile),
        "licence": dataset.licence,
        "sheet_digest": digest_of_json(dataset.sheet),
        "policy_digest": digest_of_json(dataset.policy),
        "policy": dataset.policy,
    }


def _claimed(file: Json, profile: Json) -> Json:
    columns = profile.get("columns")
    return {
        "path": file["path"],
        "split": file["split"],
        "digest": file["digest"],
        "size": file["size"],
        "rows": profile.get("rows"),
        "columns": len(columns) if isinstance(columns, list) else None,
    }
