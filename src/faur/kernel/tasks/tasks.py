"""The queue's own upkeep."""

from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from faur.kernel import clock
from faur.kernel.tasks.declarations import every

SUCCESSES_STAY = timedelta(days=7)
FAILURES_STAY = timedelta(days=90)


@every(seconds=3600)
def forget_ended_tasks() -> None:
    """Remove tasks that succeeded a week ago, or were given up three months ago."""
    now = clock.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - SUCCESSES_STAY).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - FAILURES_STAY).delete()
