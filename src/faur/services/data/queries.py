"""What pages, the API and later services read of data, in a fixed number of queries."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from faur.kernel import clock
from faur.kernel.actors.actor import Actor, Role
from faur.kernel.actors.models import User
from faur.kernel.blobs import Digest, ManifestFile
from faur.kernel.ids import is_uid
from faur.kernel.units import Bytes
from faur.services.data.errors import ContractMissing, NotPublished, SplitMissing
from faur.services.data.models import Contract, ContractQuerySet, Dataset, DatasetVersion, DatasetVersionQuerySet
from faur.services.data.rights import owns
from faur.services.data.rules import Purpose
from faur.services.projects.public import Project

STEWARDS = (Role.LEAD, Role.STEWARD)
Column = dict[str, Any]  # Any: JSON of the profile


def datasets(actor: Actor, *, project: str = "", search: str = "") -> "QuerySet[Dataset, Any]":  # Any: rows
    """The data sets that the actor may see, newest first, each with the number of its versions."""
    counted = Count("versions", distinct=True)
    rows = Dataset.objects.visible_to(actor).select_related("project").annotate(version_count=counted)
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


def versions_of(actor: Actor, dataset: Dataset) -> DatasetVersionQuerySet:
    """The versions of a data set that the actor may see, newest first, without what was found in them."""
    rows = DatasetVersion.objects.visible_to(actor).filter(dataset=dataset)
    return rows.with_dataset().in_short().order_by("-number")


def contracts(actor: Actor, *, project: str = "", state: str = "") -> ContractQuerySet:
    """The contracts that the actor may see, newest first."""
    rows = Contract.objects.visible_to(actor).with_parties()
    if project:
        rows = rows.filter(project__uid=project)
    if state:
        rows = rows.filter(state=state)
    return rows.order_by("-pk")


def contracts_to_decide(actor: Actor) -> ContractQuerySet:
    """Those that wait for the actor, who looks after the data, the oldest first."""
    looked_after = [scope for role, scope in actor.grants if role in STEWARDS]
    waiting = Contract.objects.filter(state=Contract.State.PENDING, version__dataset__project__uid__in=looked_after)
    return waiting.with_parties().order_by("pk")


def contracts_on(actor: Actor, version: DatasetVersion) -> ContractQuerySet:
    """The contracts on a version that the actor may see, newest first."""
    return contracts(actor).filter(version=version)


def contract(actor: Actor, uid: str) -> Contract:
    """Raises NotFound."""
    return Contract.objects.visible_to(actor).with_parties().get_by_uid(uid)


def may_read_files(actor: Actor, version: DatasetVersion) -> bool:
    """Whether the actor may have the bytes, and the values in them: of one's own data, or under a contract in force."""
    if owns(actor, version.dataset):
        return True
    return version.contracts.filter(project__uid__in=actor.projects).in_force(clock.today()).exists()


def usable_versions(actor: Actor, project: Project, purpose: Purpose) -> "QuerySet[DatasetVersion, Any]":  # Any: rows
    """The published versions that `project` has a contract in force to use for `purpose`, newest first."""
    usable = Contract.objects.filter(project=project, purpose=purpose).in_force(clock.today())
    rows = DatasetVersion.objects.visible_to(actor).with_dataset()
    return rows.filter(state=DatasetVersion.State.PUBLISHED, pk__in=usable.values("version")).order_by("-pk")


def active_contract(version: DatasetVersion, project: Project, purpose: Purpose) -> Contract | None:
    """The contract in force today, if there is one."""
    return Contract.objects.filter(version=version, project=project, purpose=purpose).in_force(clock.today()).first()


def own_projects(actor: Actor) -> list[Project]:
    """The running projects in which the actor has a role, by title; one query."""
    return list(Project.objects.filter(uid__in=actor.projects, state="active").order_by("title"))


def version_for_use(actor: Actor, uid: str, project: Project, purpose: Purpose) -> DatasetVersion:
    """A version that `project` may use for `purpose`.

    Raises:
        NotFound: there is none that the actor may see.
        NotPublished: it is not usable at all.
        ContractMissing: nobody agreed to its policy for this purpose, it waits for approval, or it has ended.
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


def names_of(uids: Iterable[str]) -> dict[str, str]:
    """The names of people by their uids, for who may see what they did; one query."""
    wanted = {uid for uid in uids if is_uid(uid, "usr")}
    return dict(User.objects.filter(uid__in=wanted).values_list("uid", "name"))
