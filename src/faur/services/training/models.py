"""Runs of recipes and the metrics that they report."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from faur.kernel.actors.actor import Actor
from faur.kernel.entities import Entity, EntityQuerySet, UidField
from faur.services.compute.public import FINAL, Job, State
from faur.services.projects.public import Project
from faur.services.training.rules import Tally

Json = dict[str, Any]  # Any: JSON
STATES = [(state.value, state.value) for state in State]


class RunQuerySet(EntityQuerySet["Run"]):
    def visible_to(self, actor: Actor) -> Self:
        """The runs of the actor's projects; all for operators and auditors."""
        return self.all() if actor.sees_all else self.filter(project__uid__in=actor.projects)

    def with_job(self) -> Self:
        return self.select_related("project", "job__allocation", "job__cluster", "job__project")


class Run(Entity):
    """One recipe on chosen data with chosen parameters, as a job.

    `inputs`: by name, the data set version, the part of it and the digests of its files. `tallies`: by metric, how
    many points came and the last. `read_to`: bytes of the metrics file taken in; `bad_lines` and `left_out` count
    what was not.
    """

    uid = UidField("run")
    page = "run"
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="runs")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="run")
    title = models.CharField(_("title"), max_length=200)
    recipe_name = models.CharField(max_length=80)
    recipe_version = models.CharField(max_length=40)
    recipe_manifest = models.CharField(max_length=80)
    parameters: "models.JSONField[Json, Json]" = models.JSONField(default=dict)
    inputs: "models.JSONField[Json, Json]" = models.JSONField(default=dict)
    started_by = models.CharField(max_length=32)

    state = models.CharField(_("state"), max_length=20, choices=STATES, default=State.CREATED.value)
    refusal_code = models.CharField(max_length=100, blank=True)
    refusal = models.CharField(max_length=1000, blank=True)
    refusal_hint = models.CharField(max_length=1000, blank=True)
    progress: "models.JSONField[Json, Json]" = models.JSONField(default=dict)

    tallies: "models.JSONField[Json, Json]" = models.JSONField(default=dict)
    stored = models.PositiveIntegerField(default=0)
    read_to = models.PositiveBigIntegerField(default=0)
    bad_lines = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["project", "state"], name="run_by_project_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def has_ended(self) -> bool:
        return self.state in FINAL

    @property
    def metrics(self) -> dict[str, float | str]:
        """The last value of each metric; what is no finite number by its name (`NaN`, `Infinity`, `-Infinity`)."""
        return {key: tally["last"] for key, tally in sorted(self.tallies.items())}

    def read_tallies(self) -> dict[str, Tally]:
        return {key: Tally.from_json(tally) for key, tally in self.tallies.items()}


class Metric(models.Model):
    """One point of one metric. `value` is null where `special` names what it was; `level`: see `rules.level`.

    `offset` is where its line begins in the file, so that no line is taken in twice.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="points")
    key = models.CharField(max_length=120)
    step = models.PositiveBigIntegerField()
    value = models.FloatField(null=True)
    special = models.CharField(max_length=10, blank=True)
    level = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    offset = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "offset"], name="metric_once")]
        indexes: ClassVar = [models.Index(fields=["run", "key", "level"], name="metric_by_level")]

    def __str__(self) -> str:
        return f"{self.key} {self.step}"
