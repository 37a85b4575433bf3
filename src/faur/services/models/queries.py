"""What pages, the API and later services read of the registry, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import Digest, ManifestFile, link_token
from faur.kernel.units import Bytes, Seconds
from faur.services.models.errors import RunElsewhere
from faur.services.models.models import Model, ModelVersion
from faur.services.training.public import Run, run_for

LINK_LASTS = Seconds(3600)
MOST_VERSIONS = 200


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file of a version, and an address that opens its bytes to whoever has it, for an hour."""

    path: str
    digest: Digest
    size: Bytes
    media_type: str
    link: str


def models(actor: Actor, *, project: str = "", search: str = "") -> "QuerySet[Model, Any]":  # Any: rows as they are
    """The models that the actor may see, newest first, with how many versions each has and its newest state."""
    newest = ModelVersion.objects.filter(model=OuterRef("pk")).order_by("-number").values("state")[:1]
    rows = Model.objects.visible_to(actor).select_related("project")
    if project:
        rows = rows.filter(project__uid=project)
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(name__icontains=search) | Q(uid=search))
    return rows.annotate(version_count=Count("versions"), newest_state=Subquery(newest)).order_by("-pk")


def model(actor: Actor, uid: str) -> Model:
    """Raises NotFound."""
    return Model.objects.visible_to(actor).select_related("project").get_by_uid(uid)


def versions_of(model: Model) -> list[ModelVersion]:
    """The newest 200 versions, newest first, without signatures and files; one query."""
    return list(model.versions.with_origin().in_brief().order_by("-number")[:MOST_VERSIONS])


def version_for(actor: Actor, uid: str) -> ModelVersion:
    """Raises NotFound."""
    return ModelVersion.objects.visible_to(actor).with_origin().get_by_uid(uid)


def versions(actor: Actor, *, project: str = "") -> "QuerySet[ModelVersion, Any]":  # Any: rows as they are
    """The versions that the actor may see, newest first, in brief."""
    rows = ModelVersion.objects.visible_to(actor).with_origin().in_brief()
    return (rows.filter(model__project__uid=project) if project else rows).order_by("-pk")


def files_of(version: ModelVersion) -> list[ManifestFile]:
    """The files of the version, as its manifest lists them; none before it was screened."""
    return [
        ManifestFile(file["path"], Digest(file["digest"]), Bytes(file["size"]), file["media_type"])
        for file in version.files
    ]


def linked_files(version: ModelVersion) -> list[LinkedFile]:
    """The files of the version with links to their bytes."""
    return [
        LinkedFile(file.path, file.digest, file.size, file.media_type, f"/api/v1/bytes/{_token(file)}")
        for file in files_of(version)
    ]


def run_in(actor: Actor, uid: str, project: str) -> Run:
    """The run, which is of that project where one is named.

    Raises:
        NotFound: there is none that the actor may see.
        RunElsewhere: it is another project's.
    """
    run = run_for(actor, uid)
    if project not in {"", run.project.uid}:
        raise RunElsewhere
    return run


def _token(file: ManifestFile) -> str:
    return link_token(file.digest, LINK_LASTS, file.path, file.media_type)
