"""Runs of recipes, the metrics that they reported, and how far their reports have been read."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from faur.kernel.actors.actor import Actor
from faur.kernel.entities import Entity, EntityQuerySet, UidField
from faur.services.compute.public import Job
from faur.services.projects.public import Project

Json = dict[str, Any]  # Any: JSON


class RunQuerySet(EntityQuerySet["Run"]):
    def visible_to(self, actor: Actor) -> Self:
        """The runs of the actor's projects; all for operators and auditors."""
        return self.all() if actor.sees_all else self.filter(project__uid__in=actor.projects)

    def with_job(self) -> Self:
        return self.select_related("project", "job__allocation", "job__cluster", "job__project")


class Run(Entity):
    """One run of one version of a recipe, as one job.

    `inputs` maps each input of the recipe to the data set version, its manifest, the split and the files that it got;
    `summary` maps each metric to its last value; `skipped_lines` counts lines of the report that could not be read.
    """

    uid = UidField("run")
    page = "run"
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="runs")
    title = models.CharField(_("title"), max_length=200)
    recipe_name = models.CharField(max_length=80)
    recipe_version = models.CharField(max_length=40)
    recipe_manifest = models.CharField(max_length=80)
    parameters: "models.JSONField[Json, Json]" = models.JSONField(default=dict)
    inputs: "models.JSONField[Json, Json]" = models.JSONField(default=dict)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, null=True, related_name="run")
    state = models.CharField(max_length=20, default="created")
    refusal_code = models.CharField(max_length=60, blank=True)
    refusal = models.CharField(max_length=1000, blank=True)
    progress: "models.JSONField[Json, Json]" = models.JSONField(default=dict)
    summary: "models.JSONField[Json, Json]" = models.JSONField(default=dict)
    skipped_lines = models.PositiveIntegerField(default=0)
    started_by = models.CharField(max_length=32)
    ended_at = models.DateTimeField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["project", "state"], name="run_by_project_state")]

    def __str__(self) -> str:
        return self.title


class Metric(models.Model):
    """One value that a run reported. `value` is empty where it was NaN or infinite, and `text` says which."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="metrics")
    key = models.CharField(max_length=200)
    step = models.BigIntegerField(default=0)
    value = models.FloatField(null=True)
    text = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()
    offset = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "offset"], name="metric_once")]
        indexes: ClassVar = [models.Index(fields=["run", "key", "step"], name="metric_by_key")]

    def __str__(self) -> str:
        return f"{self.key}@{self.step}"


class IngestMark(models.Model):
    """Up to which byte of the report a run's metrics have been read, in the transaction that kept them."""

    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="mark")
    offset = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.offset)
