"""Uploaded files become a version, once each of them has been looked into."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import ManifestFile, blobs, put_manifest, read_receipt
from faur.kernel.errors import Refusal
from faur.kernel.record import Statement, Strength
from faur.services.data import rules
from faur.services.data.checking import check_version
from faur.services.data.errors import FilesInvalid
from faur.services.data.models import Dataset, DatasetVersion
from faur.services.data.rights import may_edit

MOST_FILES = 500
"""So many that the entry of the record that names them all stays below what an entry may be."""
UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file of a version: its path in it, the part it belongs to, and the receipt of its upload."""

    path: str
    split: str
    receipt: str


@action("data.publish_version", may=may_edit)
def publish_version(
    actor: Actor, dataset: Dataset, *, files: Sequence[Uploaded], note: str = ""
) -> Statement[DatasetVersion]:
    """The next version of `dataset`, of these files; it is `checking` until they have been looked into.

    Raises:
        FilesInvalid: names each file whose path, part or receipt cannot be right.
        ManifestInvalid: paths that no file system holds apart.
    """
    if faults := _faults(actor, dataset, files):
        raise FilesInvalid(faults)
    dataset.lock()
    listed = [_as_file(actor, dataset, one) for one in files]
    manifest = put_manifest(blobs(), listed).digest
    last = dataset.versions.aggregate(last=Max("number"))["last"] or 0
    version = DatasetVersion(dataset=dataset, number=last + 1, manifest=manifest, note=note.strip())
    version.files = [_kept(file, one.split) for file, one in zip(listed, files, strict=True)]
    version.save()
    check_version.enqueue(version.pk)
    return Statement(
        chain=dataset.project.uid,
        subjects=[version, dataset],
        claims={"dataset": dataset.uid, "version": version.number, "manifest": manifest, "note": version.note},
        strength=Strength.DECLARED,
        result=version,
    )


def _faults(actor: Actor, dataset: Dataset, files: Sequence[Uploaded]) -> dict[str, str]:
    faults: dict[str, str] = {}
    if not 0 < len(files) <= MOST_FILES:
        faults["files"] = _("A version has 1 to %(most)s files.") % {"most": MOST_FILES}
    for number, one in enumerate(files):
        if not rules.is_split(one.split):
            faults[f"files.{number}.split"] = _("Lower-case letters, digits, hyphens and underscores.")
        try:
            read_receipt(one.receipt, actor_uid=actor.uid, scope=dataset.project.uid)
        except Refusal as refusal:
            faults[f"files.{number}.receipt"] = refusal.message
    for path in rules.doubled(one.path for one in files):
        faults["files"] = _("The path %(path)s comes twice.") % {"path": path}
    return faults


def _as_file(actor: Actor, dataset: Dataset, one: Uploaded) -> ManifestFile:
    stored = read_receipt(one.receipt, actor_uid=actor.uid, scope=dataset.project.uid).stored
    return ManifestFile(one.path, stored.digest, stored.size, UNKNOWN_TYPE)


def _kept(file: ManifestFile, split: str) -> dict[str, object]:
    return {
        "path": file.path,
        "split": split,
        "digest": file.digest,
        "size": file.size,
        "media_type": file.media_type,
    }
