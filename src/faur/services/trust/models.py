"""What was promised, measured, judged and declared about models, and the documents that show it."""

from typing import Any, ClassVar, Generic, Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from faur.kernel.actors.actor import Actor
from faur.kernel.entities import Entity, EntityQuerySet, UidField
from faur.services.compute.public import Job
from faur.services.data.public import DatasetVersion
from faur.services.models.public import Model, ModelVersion
from faur.services.projects.public import Project

Json = dict[str, Any]  # Any: JSON


Row = TypeVar("Row", bound=models.Model, covariant=True)


class OfProject(EntityQuerySet[Row], Generic[Row]):
    """Rows that belong to one project."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.sees_all else self.filter(project__uid__in=actor.projects)


class ThresholdSetQuerySet(OfProject["ThresholdSet"]):
    """Sets of thresholds, for who may see their project."""


class ThresholdSet(Entity):
    """Bounds that a model is to keep, committed once: nothing of it changes afterwards.

    `items`: id, metric, slice, operator, value of each; `slices`: name, column and bins or categories of each.
    """

    uid = UidField("thr")
    page = "thresholds"
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="threshold_sets")
    title = models.CharField(_("title"), max_length=200)
    items: "models.JSONField[list[Json], list[Json]]" = models.JSONField()
    slices: "models.JSONField[list[Json], list[Json]]" = models.JSONField(default=list)
    digest = models.CharField(max_length=80)

    objects = ThresholdSetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title


class EvaluationQuerySet(OfProject["Evaluation"]):
    """Evaluations, for who may see their project."""

    def with_parties(self) -> Self:
        """With what was tested, on what, by which bounds and at whose charge."""
        return self.select_related(
            "project",
            "model_version__model__project",
            "model_version__run",
            "dataset_version__dataset",
            "thresholds",
            "job",
        )

    def in_brief(self) -> Self:
        """Without what may be large: for lists."""
        of_version = ("signature", "files", "run__parameters", "run__inputs", "run__tallies", "run__progress")
        return self.defer(
            *("results", "judged", "artefacts", "thresholds__items", "thresholds__slices", "job__spec", "job__files"),
            *(f"model_version__{name}" for name in of_version),
            *(f"dataset_version__{name}" for name in ("files", "profile", "dataset__sheet", "dataset__policy")),
        )

    def still_running(self, uid: str) -> "Evaluation | None":
        """The row, held until the transaction ends, if it is not finished yet."""
        rows = self.with_parties().filter(uid=uid, state=Evaluation.State.RUNNING)
        return rows.select_for_update(of=("self",)).first()


class Evaluation(Entity):
    """A test of one version on one part of one data set version, against thresholds; the platform ran it.

    `results` holds what was measured, `judged` what each threshold says to it, `artefacts` path and digest of plots.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        PASSED = "passed", _("passed")
        FAILED = "failed", _("failed")
        INCONCLUSIVE = "inconclusive", _("inconclusive")
        ERROR = "error", _("error")

    uid = UidField("eva")
    page = "evaluation"
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="evaluations")
    model_version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="evaluations")
    dataset_version = models.ForeignKey(DatasetVersion, on_delete=models.PROTECT, related_name="evaluations")
    split = models.CharField(max_length=40, default="test")
    thresholds = models.ForeignKey(ThresholdSet, on_delete=models.PROTECT, related_name="evaluations")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, null=True, related_name="evaluation")
    evaluator = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RUNNING)
    message = models.CharField(max_length=1000, blank=True)
    results: "models.JSONField[list[Json], list[Json]]" = models.JSONField(default=list)
    judged: "models.JSONField[list[Json], list[Json]]" = models.JSONField(default=list)
    artefacts: "models.JSONField[list[Json], list[Json]]" = models.JSONField(default=list)
    committed_before_run = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    @property
    def title(self) -> str:
        return f"{self.model_version.title}: {self.thresholds.title}"


class RiskClassificationQuerySet(OfProject["RiskClassification"]):
    """Classifications, for who may see their project."""


class RiskClassification(Entity):
    """What the rules of the AI Act say of a model's intended use, by the answers of a person.

    The answers and the digest of the rule set are enough to work it out again.
    """

    uid = UidField("rsk")
    page = "classification"
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="classifications")
    model = models.ForeignKey(Model, on_delete=models.PROTECT, related_name="classifications")
    answers: "models.JSONField[Json, Json]" = models.JSONField()
    on = models.DateField()
    tiers: "models.JSONField[list[str], list[str]]" = models.JSONField()
    ruleset = models.CharField(max_length=80)
    answered_by = models.CharField(max_length=32)

    objects = RiskClassificationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    @property
    def title(self) -> str:
        return self.model.title


class DeclarationQuerySet(OfProject["Declaration"]):
    """Declarations, for who may see their project."""


class Declaration(Entity):
    """What a person wrote for an item of Annex IV; the newest of an item holds, all stay in the record."""

    uid = UidField("dcl")
    page = ""
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="declarations")
    model = models.ForeignKey(Model, on_delete=models.PROTECT, related_name="declarations")
    item = models.CharField(max_length=10)
    text = models.TextField(_("text"))
    excuses = models.BooleanField(_("the item does not apply"), default=False)
    declared_by = models.CharField(max_length=32)

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["model", "item"], name="declaration_item")]


class TechnicalFileQuerySet(OfProject["TechnicalFile"]):
    """Technical files, for who may see their project."""

    def with_origin(self) -> Self:
        """With all that a file is written from, as far as it is no query of its own."""
        return self.select_related("project", "model_version__model__project__organisation", "model_version__run__job")

    def still_writing(self, pk: int) -> "TechnicalFile | None":
        """The row, held until the transaction ends, if it is not written yet."""
        rows = self.select_related("project").filter(pk=pk, state=TechnicalFile.State.WRITING)
        return rows.select_for_update(of=("self",)).first()


class TechnicalFile(Entity):
    """The technical file of one version as it stood when it was written; `formats` maps html, pdf, … to digests.

    `coverage` counts the items by status; `document` is the digest of its canonical JSON.
    """

    class State(models.TextChoices):
        WRITING = "writing", _("writing")
        READY = "ready", _("ready")
        ERROR = "error", _("error")

    uid = UidField("tfl")
    page = "technical-file"
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="technical_files")
    model_version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="technical_files")
    language = models.CharField(max_length=5, default="en")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WRITING)
    message = models.CharField(max_length=1000, blank=True)
    document = models.CharField(max_length=80, blank=True)
    formats: "models.JSONField[Json, Json]" = models.JSONField(default=dict)
    coverage: "models.JSONField[Json, Json]" = models.JSONField(default=dict)

    objects = TechnicalFileQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    @property
    def title(self) -> str:
        return self.model_version.title

    def give_up(self, why: str) -> None:
        """Say that it will not be written, unless it was."""
        unwritten = TechnicalFile.objects.filter(pk=self.pk, state=self.State.WRITING)
        unwritten.update(state=self.State.ERROR, message=why[:1000])


class BundleQuerySet(OfProject["Bundle"]):
    """Bundles, for who may see their project."""

    def still_writing(self, pk: int) -> "Bundle | None":
        """The row, held until the transaction ends, if it is not written yet."""
        rows = self.select_related("project").filter(pk=pk, state=Bundle.State.WRITING)
        return rows.select_for_update(of=("self",)).first()


class Bundle(Entity):
    """The evidence of a project up to a moment, as one file that proves itself offline."""

    class State(models.TextChoices):
        WRITING = "writing", _("writing")
        READY = "ready", _("ready")
        ERROR = "error", _("error")

    uid = UidField("bnd")
    page = "bundle"
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="bundles")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WRITING)
    message = models.CharField(max_length=1000, blank=True)
    digest = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    entries = models.PositiveBigIntegerField(null=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    @property
    def title(self) -> str:
        return self.project.title

    def give_up(self, why: str) -> None:
        """Say that it will not be written, unless it was."""
        unwritten = Bundle.objects.filter(pk=self.pk, state=self.State.WRITING)
        unwritten.update(state=self.State.ERROR, message=why[:1000])
