"""What pages, the API and later services read of data, in a fixed number of queries."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import Digest, ManifestFile
from faur.kernel.units import Bytes
from faur.services.data.errors import ContractMissing, NotPublished, SplitMissing
from faur.services.data.models import Contract, Dataset, DatasetVersion
from faur.services.data.rules import Purpose
from faur.services.projects.public import Project

Column = dict[str, Any]  # Any: JSON of the profile


def datasets(actor: Actor, *, project: str = "", search: str = "") -> "QuerySet[Dataset, Any]":  # Any: rows
    """The data sets that the actor may see, newest first."""
    rows = Dataset.objects.visible_to(actor).select_related("project").annotate(version_count=Count("versions"))
    if project:
        rows = rows.filter(project__uid=project)
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(name__icontains=search) | Q(description__icontains=search))
    return rows.order_by("-pk")


def dataset(actor: Actor, uid: str) -> Dataset:
    """Raises NotFound."""
    return Dataset.objects.visible_to(actor).select_related("project").get_by_uid(uid)


def version(actor: Actor, uid: str) -> DatasetVersion:
    """Raises NotFound."""
    return DatasetVersion.objects.visible_to(actor).with_dataset().get_by_uid(uid)


def contracts(actor: Actor, *, project: str = "", state: str = "") -> "QuerySet[Contract, Any]":  # Any: rows
    rows = Contract.objects.visible_to(actor).with_parties()
    if project:
        rows = rows.filter(project__uid=project)
    if state:
        rows = rows.filter(state=state)
    return rows.order_by("-pk")


def contract(actor: Actor, uid: str) -> Contract:
    """Raises NotFound."""
    return Contract.objects.visible_to(actor).with_parties().get_by_uid(uid)


def usable_versions(actor: Actor, project: Project, purpose: Purpose) -> "QuerySet[DatasetVersion, Any]":  # Any: rows
    """The published versions that `project` has an active contract to use for `purpose`, newest first."""
    active = Contract.objects.filter(project=project, purpose=purpose, state=Contract.State.ACTIVE)
    rows = DatasetVersion.objects.visible_to(actor).with_dataset()
    return rows.filter(state=DatasetVersion.State.PUBLISHED, pk__in=active.values("version")).order_by("-pk")


def active_contract(version: DatasetVersion, project: Project, purpose: Purpose) -> Contract | None:
    rows = version.contracts.filter(project=project, purpose=purpose, state=Contract.State.ACTIVE)
    return rows.first()


def version_for_use(actor: Actor, uid: str, project: Project, purpose: Purpose) -> DatasetVersion:
    """A version that `project` may use for `purpose`.

    Raises:
        NotFound: there is none that the actor may see.
        NotPublished: it is not usable at all.
        ContractMissing: nobody agreed to its policy for this purpose, or it waits for approval.
    """
    found = version(actor, uid)
    if found.state != DatasetVersion.State.PUBLISHED:
        raise NotPublished(found.state)
    if active_contract(found, project, purpose) is None:
        raise ContractMissing(purpose)
    return found


def files_of(version: DatasetVersion, split: str | None = None) -> list[ManifestFile]:
    """The files of a version, or of one part of it.

    Raises:
        SplitMissing: there is no such part.
    """
    chosen = [file for file in version.files if split is None or file["split"] == split]
    if not chosen:
        raise SplitMissing(split or "", version.splits)
    return [
        ManifestFile(file["path"], Digest(file["digest"]), Bytes(file["size"]), file["media_type"]) for file in chosen
    ]


def columns_of(version: DatasetVersion, split: str) -> list[Column]:
    """The columns that the first file of a part has, each with its name, type, missing values and range."""
    for profile in version.profile:
        if profile["split"] == split:
            return list(profile.get("columns", []))
    return []
