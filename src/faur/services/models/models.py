"""Models by name, and their versions by the digest of their bytes."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faur.kernel.actors.actor import Actor
from faur.kernel.entities import Entity, EntityQuerySet, UidField
from faur.services.projects.public import Project
from faur.services.training.public import Run


class ModelQuerySet(EntityQuerySet["Model"]):
    def visible_to(self, actor: Actor) -> Self:
        """The models of the actor's projects; all for operators and auditors."""
        return self.all() if actor.sees_all else self.filter(project__uid__in=actor.projects)


class Model(Entity):
    """What a project means to use, under a name; what it is for is what the AI Act calls its intended purpose."""

    uid = UidField("mdl")
    page = "model"
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="models")
    name = models.CharField(_("name"), max_length=50)
    title = models.CharField(_("title"), max_length=200)
    intended_purpose = models.TextField(_("intended purpose"), blank=True)

    objects = ModelQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "name"], name="model_name_once")]

    def __str__(self) -> str:
        return self.title


class ModelVersionQuerySet(EntityQuerySet["ModelVersion"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.sees_all else self.filter(model__project__uid__in=actor.projects)

    def with_origin(self) -> Self:
        """With what every page and answer about a version shows of where it comes from."""
        return self.select_related("model__project", "run__job")

    def in_brief(self) -> Self:
        """Without what may be large: for lists."""
        return self.defer("signature", "files", "run__job__spec", "run__job__files")

    def still_screened(self, pk: int) -> "ModelVersion | None":
        """The row, held until the transaction ends, if nobody has decided on it yet."""
        rows = self.with_origin().filter(pk=pk, state=ModelVersion.State.SCREENING)
        return rows.select_for_update(of=("self",)).first()


class ModelVersion(Entity):
    """One set of bytes of a model, where they came from, and how far they were let.

    `manifest` is the digest of the list of its files; `files` that list: path, digest, size (bytes), media type.
    `signature` says what goes in and comes out, as `model.json` of the run has it.
    """

    class State(models.TextChoices):
        SCREENING = "screening", _("screening")
        REGISTERED = "registered", _("registered")
        REFUSED = "refused", _("refused")
        PROMOTED = "promoted", _("promoted")
        RETIRED = "retired", _("retired")

    uid = UidField("mdv")
    page = "model-version"
    model = models.ForeignKey(Model, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="model_versions")
    state = models.CharField(max_length=12, choices=State.choices, default=State.SCREENING)
    manifest = models.CharField(max_length=80, blank=True, db_index=True)
    files = models.JSONField(default=list)
    signature = models.JSONField(default=dict)
    format = models.CharField(max_length=20, blank=True)
    refusal_code = models.CharField(max_length=60, blank=True)
    refusal = models.CharField(max_length=1000, blank=True)

    objects = ModelVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["model", "number"], name="model_version_number_once"),
            models.UniqueConstraint(fields=["model", "run"], condition=~Q(state="refused"), name="one_version_a_run"),
        ]

    def __str__(self) -> str:
        return f"{self.model.title} {self.number}"

    @property
    def title(self) -> str:
        return f"{self.model.title} {self.number}"

    def move(self, start: str, end: str) -> bool:
        """From one state to another, once, whoever else tries; whether it was in the first."""
        moved = type(self).objects.filter(pk=self.pk, state=start).update(state=end)
        self.refresh_from_db(fields=["state"])
        return bool(moved)

    @property
    def digest(self) -> str:
        return self.manifest
