"""Clusters, their jobs, and the leases by which one process at a time watches over a cluster."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import Digest, ManifestFile
from faur.kernel.entities import Entity, EntityQuerySet, UidField
from faur.kernel.units import Bytes
from faur.services.compute.orders import read_capabilities, read_spec
from faur.services.compute.ports import Capabilities, Handle, JobSpec
from faur.services.compute.rules import ACTIVE, FINAL, State
from faur.services.projects.public import Allocation, Project

STATES = [(state.value, state.value) for state in State]


class ClusterQuerySet(EntityQuerySet["Cluster"]):
    def visible_to(self, actor: Actor) -> Self:
        """Where jobs run is no secret to those who have an account; how busy it is, only operators are shown."""
        return self.none() if actor.is_anonymous else self.all()


class Cluster(Entity):
    """A place where jobs run. `kind` names the adapter that the site wired to it."""

    uid = UidField("cls")
    page = "cluster"
    name = models.SlugField(_("name"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20)
    capabilities = models.JSONField(default=dict)

    objects = ClusterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind"], name="one_cluster_a_kind")]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Capabilities:
        return read_capabilities(self.capabilities)


class JobQuerySet(EntityQuerySet["Job"]):
    def visible_to(self, actor: Actor) -> Self:
        """The jobs of the actor's projects; all for operators and auditors."""
        return self.all() if actor.sees_all else self.filter(project__uid__in=actor.projects)

    def active(self) -> Self:
        return self.filter(state__in=ACTIVE)

    def to_tend(self, cluster: str) -> Self:
        """The jobs of a cluster (by uid) that the poller still has something to do with, the oldest first."""
        jobs = self.filter(cluster__uid=cluster, is_tended=True)
        return jobs.select_related("project", "allocation", "cluster").order_by("pk")


class Job(Entity):
    """One order to a cluster and all that became of it.

    `held` and `used` in `unit`; `sandbox` says what kept it apart; `is_tended`: the poller still has to do with it.
    """

    uid = UidField("job")
    page = "job"
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="jobs")
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="jobs")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="jobs")
    origin = models.CharField(max_length=32, blank=True, db_index=True)
    title = models.CharField(_("title"), max_length=200)
    spec = models.JSONField()
    cores = models.PositiveIntegerField(_("cores"))
    gpus = models.PositiveIntegerField(_("GPUs"))
    submitted_by = models.CharField(max_length=32)

    state = models.CharField(_("state"), max_length=20, choices=STATES, default=State.CREATED.value)
    reason = models.CharField(max_length=60, blank=True)
    message = models.CharField(max_length=1000, blank=True)
    handle = models.CharField(max_length=100, blank=True)
    queue_position = models.PositiveIntegerField(null=True)
    sandbox = models.CharField(max_length=20, blank=True)
    exit_code = models.IntegerField(null=True)
    submitted_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    unit = models.CharField(max_length=20)
    held = models.PositiveBigIntegerField()
    used = models.PositiveBigIntegerField(null=True)
    elapsed = models.PositiveBigIntegerField(null=True)
    cpu_seconds = models.FloatField(null=True)
    max_memory = models.PositiveBigIntegerField(null=True)

    manifest = models.CharField(max_length=80, blank=True)
    files = models.JSONField(default=list)
    log_digest = models.CharField(max_length=80, blank=True)
    log_size = models.PositiveBigIntegerField(null=True)

    cancelled_by = models.CharField(max_length=32, blank=True)
    cancel_asked_at = models.DateTimeField(null=True)
    offered_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    is_tended = models.BooleanField(default=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["project", "state"], name="job_by_project_state"),
            models.Index(fields=["cluster"], condition=Q(is_tended=True), name="job_to_tend"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def order(self) -> JobSpec:
        return read_spec(self.spec)

    @property
    def current(self) -> State:
        return State(self.state)

    @property
    def has_ended(self) -> bool:
        return self.state in FINAL

    @property
    def place_in_scheduler(self) -> Handle | None:
        """The scheduler's own identifier, as long as the scheduler has the job's files."""
        return Handle(self.handle) if self.handle and self.is_tended else None

    @property
    def outputs(self) -> tuple[ManifestFile, ...]:
        """What was kept of it, sorted by path; nothing before it ended."""
        return tuple(
            ManifestFile(file["path"], Digest(file["digest"]), Bytes(file["size"]), file["media_type"])
            for file in self.files
        )


class Lease(models.Model):
    """Who watches over a cluster now, and until when unless renewed."""

    name = models.CharField(max_length=40, unique=True)
    holder = models.CharField(max_length=200)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
