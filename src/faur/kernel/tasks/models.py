"""What the queue of django-tasks lacks: who works, what went wrong, what is due, and what happened once and for all."""

from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from faur.kernel import clock
from faur.kernel.ids import new_uid

QueuedTask = DBTaskResult[Any, Any]  # Any: a task of whatever kind
"""A row of django-tasks' queue."""


def _worker_uid() -> str:
    return new_uid("wrk")


class Worker(models.Model):
    """A process that runs tasks. `last_seen` is by the database's clock, so that all workers mean the same time."""

    uid = models.CharField(max_length=32, primary_key=True, default=_worker_uid)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    entered_at = models.DateTimeField(default=clock.now)
    last_seen = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"


class Setback(models.Model):
    """A try of a task that did not end well."""

    class Kind(models.TextChoices):
        RAISED = "raised", _("failed")
        INTERRUPTED = "interrupted", _("its worker ended")

    task = models.ForeignKey(DBTaskResult, on_delete=models.CASCADE, related_name="setbacks")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    reason = models.TextField()
    worker = models.CharField(max_length=32)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.reason


class Schedule(models.Model):
    """When a recurring task is due next, and which worker runs it now; empty: none."""

    name = models.CharField(max_length=200, primary_key=True)
    due = models.DateTimeField()
    worker = models.CharField(max_length=32, default="", blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    trouble = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        return self.name


class Once(models.Model):
    """Something that has happened, written down in the transaction in which it did."""

    key = models.CharField(max_length=200, primary_key=True)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.key
