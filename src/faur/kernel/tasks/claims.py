"""A task that is ready becomes the work of one worker.

`started_at` tells the tries of a row apart: a worker that was thought dead cannot end a later try of its task.
"""

from collections.abc import Callable

from django.db import connection
from django_tasks.base import TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult, get_date_max

from faur.kernel import clock
from faur.kernel.tasks.models import QueuedTask
from faur.kernel.tasks.outcomes import fail, succeed

CONTENDERS = 4
"""Rows looked at in one go: another worker may take the first ones at the same moment."""

_READY = (
    f"SELECT 1 FROM {DBTaskResult._meta.db_table} WHERE status = %s AND (run_after = %s OR run_after <= %s) LIMIT 1"  # noqa: S608 - no input of anybody
)


def is_anything_ready() -> bool:
    """Whether `claim` would find something. Asked many times a second, so in plain SQL: a fifth of the ORM's cost."""
    operations = connection.ops
    values = [TaskResultStatus.READY, *map(operations.adapt_datetimefield_value, (get_date_max(), clock.now()))]
    with connection.cursor() as cursor:
        cursor.execute(_READY, values)
        return cursor.fetchone() is not None


def claim(worker: str) -> QueuedTask | None:
    """Take the next task that is ready, if there is one; nobody else gets it then."""
    for row in DBTaskResult.objects.ready()[:CONTENDERS]:
        unclaimed = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.READY, started_at=row.started_at)
        row.status, row.started_at = TaskResultStatus.RUNNING, clock.now()
        row.worker_ids = [*row.worker_ids, worker]
        if unclaimed.update(status=row.status, started_at=row.started_at, worker_ids=row.worker_ids):
            return row
    return None


def attempt(row: QueuedTask) -> Callable[[], None]:
    """Call the task's function. Whatever it does is an outcome, to be written down by calling it."""
    given = row.args_kwargs
    try:
        returned = normalize_json(row.task.call(*given["args"], **given["kwargs"]))
    except (Exception, SystemExit) as raised:
        error = raised
        return lambda: fail(row, error)
    return lambda: succeed(row, returned)
