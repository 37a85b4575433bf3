"""What checking found: the version is published, or it is refused."""

from collections.abc import Sequence
from typing import Any

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import JSON, Statement
from faur.services.data import rules
from faur.services.data.digests import digest_of_json
from faur.services.data.models import DatasetVersion
from faur.services.data.ports import Inspected


def _only_the_factory(actor: Actor, _: DatasetVersion) -> bool:
    return actor.is_system


@action("data.accept_version", may=_only_the_factory)
def accept_version(actor: Actor, version: DatasetVersion, *, found: Sequence[Inspected]) -> Statement[None]:
    """All files can be read; what was found in them is kept as their profile."""
    version.files = [{**file, "media_type": one.media_type} for file, one in zip(version.files, found, strict=True)]
    version.profile = [
        {"path": file["path"], "split": file["split"], **one.profile}
        for file, one in zip(version.files, found, strict=True)
    ]
    version.state = DatasetVersion.State.PUBLISHED
    version.save()
    dataset = version.dataset
    return Statement(
        chain=dataset.project.uid,
        subjects=[version, dataset],
        claims={
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
        },
    )


@action("data.refuse_version", may=_only_the_factory)
def refuse_version(actor: Actor, version: DatasetVersion, *, code: str, sentence: str) -> Statement[None]:
    """A file cannot be used, for the reason that the version's page shows."""
    version.state = DatasetVersion.State.REFUSED
    version.refusal_code = code
    version.refusal = sentence[:1000]
    version.save()
    claims = {"dataset_version": version.uid, "manifest": version.manifest, "code": code}
    return Statement(chain=version.dataset.project.uid, subjects=[version, version.dataset], claims=claims)


def _claimed(file: dict[str, Any], profile: dict[str, Any]) -> dict[str, JSON]:  # Any: JSON
    columns = profile.get("columns")
    return {
        "path": file["path"],
        "split": file["split"],
        "digest": file["digest"],
        "size": file["size"],
        "rows": profile.get("rows"),
        "columns": len(columns) if isinstance(columns, list) else None,
    }
