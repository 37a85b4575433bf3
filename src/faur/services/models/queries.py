"""What pages, the API and later services read of the registry, in a fixed number of queries."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import Digest, ManifestFile
from faur.kernel.units import Bytes
from faur.services.models.models import Model, ModelVersion


def models(actor: Actor, *, project: str = "", search: str = "") -> "QuerySet[Model, Any]":  # Any: rows as they are
    """The models that the actor may see, newest first."""
    rows = Model.objects.visible_to(actor).select_related("project").annotate(version_count=Count("versions"))
    if project:
        rows = rows.filter(project__uid=project)
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(name__icontains=search))
    return rows.order_by("-pk")


def model(actor: Actor, uid: str) -> Model:
    """Raises NotFound."""
    return Model.objects.visible_to(actor).select_related("project").get_by_uid(uid)


def versions_of(model: Model) -> list[ModelVersion]:
    return list(model.versions.select_related("model__project", "run__job").order_by("-number")[:200])


def version_for(actor: Actor, uid: str) -> ModelVersion:
    """Raises NotFound."""
    return ModelVersion.objects.visible_to(actor).with_origin().get_by_uid(uid)


def files_of(version: ModelVersion) -> list[ManifestFile]:
    """The files of the version, as its manifest lists them; none before it was screened."""
    return [
        ManifestFile(file["path"], Digest(file["digest"]), Bytes(file["size"]), file["media_type"])
        for file in version.files
    ]
