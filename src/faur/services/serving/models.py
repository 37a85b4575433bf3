"""Endpoints, the keys that open them, what was asked of them, and the version that gateways watch."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from faur.kernel import clock
from faur.kernel.actors.actor import Actor
from faur.kernel.entities import Entity, EntityQuerySet, UidField
from faur.services.models.public import ModelVersion
from faur.services.projects.public import Project


class EndpointQuerySet(EntityQuerySet["Endpoint"]):
    def visible_to(self, actor: Actor) -> Self:
        """The endpoints of the actor's projects; all for operators and auditors."""
        return self.all() if actor.sees_all else self.filter(project__uid__in=actor.projects)

    def wanted(self) -> Self:
        """Those that a gateway should have an engine for."""
        rows = self.exclude(state=Endpoint.State.STOPPED).select_related("model_version", "project")
        return rows.defer("model_version__signature")

    def held(self, uid: str) -> "Endpoint | None":
        """The row, held until the transaction ends; None where it is not there, or was stopped."""
        rows = self.filter(uid=uid).exclude(state=Endpoint.State.STOPPED)
        return rows.select_related("project", "model_version").select_for_update(of=("self",)).first()


class Endpoint(Entity):
    """A promoted model version that answers under a name, as long as it is wanted."""

    class State(models.TextChoices):
        STARTING = "starting", _("starting")
        READY = "ready", _("ready")
        STOPPED = "stopped", _("stopped")
        ERROR = "error", _("error")

    uid = UidField("end")
    page = "endpoint"
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="endpoints")
    name = models.CharField(_("name"), max_length=50)
    model_version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="endpoints")
    state = models.CharField(max_length=10, choices=State.choices, default=State.STARTING)
    message = models.TextField(blank=True)
    stopped_at = models.DateTimeField(null=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], condition=~Q(state="stopped"), name="endpoint_name_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        return self.name


class KeyQuerySet(EntityQuerySet["Key"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.sees_all else self.filter(endpoint__project__uid__in=actor.projects)

    def valid(self) -> Self:
        """Those that open something now."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=clock.now())


class Key(Entity):
    """A secret that opens one endpoint. Only its SHA-256 is kept: it has 256 bits of its own entropy."""

    uid = UidField("key")
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="keys")
    name = models.CharField(_("name"), max_length=100)
    prefix = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = KeyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    @property
    def state(self) -> str:
        """In a word of the portal: valid, expired or revoked."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at <= clock.now() else "valid"


class UsageWindow(models.Model):
    """What one key asked in one minute, as one gateway counted it; `batch` names the three.

    Prompts and answers are never kept.
    """

    key = models.ForeignKey(Key, on_delete=models.CASCADE, related_name="usage")
    batch = models.CharField(max_length=40, unique=True)
    minute = models.DateTimeField(db_index=True)
    requests = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    errors = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.batch


class TableVersion(models.Model):
    """One row whose number grows with every change that a gateway must know within a second."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def bump(cls) -> None:
        """In the transaction of the change itself."""
        if not cls._count():
            cls.objects.get_or_create(pk=1)  # two may begin it at once, and each counts
            cls._count()

    @classmethod
    def _count(cls) -> int:
        return cls.objects.filter(pk=1).update(number=F("number") + 1)

    @classmethod
    def current(cls) -> int:
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0
