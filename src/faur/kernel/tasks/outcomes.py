"""How a try of a task ends: done, to be tried again, or given up. Each is one conditional update, so it counts once."""

import logging
import random
from datetime import timedelta
from traceback import format_exception
from typing import Any

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from faur.kernel import clock
from faur.kernel.tasks.declarations import task_named
from faur.kernel.tasks.models import QueuedTask, Setback

log = logging.getLogger("faur.tasks")

MOST_INTERRUPTIONS = 50
"""A task under which worker after worker dies is given up, or it would take them down for ever."""
LONGEST_REASON = 2000


def succeed(row: QueuedTask, returned: Any) -> None:  # Any: what JSON can carry
    _end(row, status=TaskResultStatus.SUCCESSFUL, return_value=returned, exception_class_path="", traceback="")


def fail(row: QueuedTask, error: BaseException) -> None:
    """The task raised: try again later, or, where that is of no use or was tried often enough, give up."""
    retry = task_named(row.task_path).retry
    failures = Setback.objects.filter(task=row, kind=Setback.Kind.RAISED).count() + 1
    again = retry.allows(error, failures)
    wait = retry.delay(failures, random.random()) if again else None  # noqa: S311 - spreads retries, no secret
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    row.traceback = storable("".join(format_exception(error)))
    _set_back(row, Setback.Kind.RAISED, f"{type(error).__name__}: {error}", wait)


def interrupt(row: QueuedTask) -> None:
    """The worker is gone in the middle of it: try again at once, but not without end."""
    interruptions = Setback.objects.filter(task=row, kind=Setback.Kind.INTERRUPTED).count() + 1
    wait = 0.0 if interruptions < MOST_INTERRUPTIONS else None
    _set_back(row, Setback.Kind.INTERRUPTED, "the worker ended", wait)


def try_again(task: str) -> bool:
    """Put a task that was given up back into the queue, by its id; False where there is no such failed task."""
    failed = DBTaskResult.objects.failed().filter(pk=task)
    return bool(failed.update(status=TaskResultStatus.READY, run_after=get_date_max(), finished_at=None))


def _set_back(row: QueuedTask, kind: Setback.Kind, reason: str, wait: float | None) -> None:
    """Write down what went wrong, and try again after `wait` seconds, or, None, give up."""
    errors = {"exception_class_path": row.exception_class_path, "traceback": row.traceback}
    with transaction.atomic():
        if wait is None:
            is_mine = _end(row, status=TaskResultStatus.FAILED, return_value=None, **errors)
        else:
            after = clock.now() + timedelta(seconds=wait)
            is_mine = _leave(row, status=TaskResultStatus.READY, run_after=after, **errors)
        if not is_mine:
            return
        reason = storable(reason)[:LONGEST_REASON]
        Setback.objects.create(task=row, kind=kind, reason=reason, worker=row.worker_ids[-1])
        if wait is None:
            _give_up(row)
    if wait is None:
        log.error("%s %s: %s; given up", row.task_path, kind, reason)
    else:
        log.warning("%s %s: %s; again in %.1f s", row.task_path, kind, reason, wait)


def _give_up(row: QueuedTask) -> None:
    gave_up = task_named(row.task_path).gave_up
    if gave_up is None:
        return
    try:
        with transaction.atomic():
            gave_up(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    except Exception:
        log.exception("%s: what follows its failure failed as well", row.task_path)


def _end(row: QueuedTask, **fields: Any) -> bool:  # Any: the columns of the queue
    return _leave(row, finished_at=clock.now(), **fields)


def _leave(row: QueuedTask, **fields: Any) -> bool:  # Any: the columns of the queue
    """Whether this try of the task was still the current one; then it is no more."""
    this_try = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at)
    return bool(this_try.update(**fields))


def storable(text: str) -> str:
    """What is said of an error, as every database can keep it: without NUL and halves of characters."""
    return text.encode(errors="backslashreplace").decode().replace("\0", "\\0")
