"""What an operator asks about the queue."""

from django.db.models import Prefetch, QuerySet
from django_tasks_db.models import DBTaskResult

from faur.kernel.tasks.models import QueuedTask, Setback


def failed_tasks() -> QuerySet[QueuedTask]:
    """The tasks that were given up, latest first, each with its setbacks; two queries."""
    setbacks = Prefetch("setbacks", Setback.objects.order_by("pk"))
    return DBTaskResult.objects.failed().order_by("-finished_at").prefetch_related(setbacks)
