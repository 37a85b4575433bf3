"""A task that is ready becomes the work of one worker.

`started_at` tells the tries of a row apart: a worker that was thought dead cannot end a later try of its task.
"""

from collections.abc import Callable

from django_tasks.base import TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult

from faur.kernel import clock
from faur.kernel.tasks.models import QueuedTask
from faur.kernel.tasks.outcomes import fail, succeed

CONTENDERS = 4
"""Rows looked at in one go: another worker may take the first ones at the same moment."""


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
