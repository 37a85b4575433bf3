"""`faur tasks`: what the workers gave up and why, and how to have it tried once more."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from uuid import UUID

from faur.kernel.errors import NotFound
from faur.kernel.tasks import failed_tasks, try_again

MOST = 100


def lines() -> Iterator[str]:
    """A line for each, the latest first: its id, when, which task, and what went wrong at last."""
    for row in islice(failed_tasks(), MOST):
        *_, last = row.setbacks.all()
        yield f"{row.pk}  {row.finished_at:%Y-%m-%d %H:%M} UTC  {row.task_path}  {last.reason.splitlines()[0][:200]}"


def once_more(task: str) -> None:
    """Put it back into the queue. Raises NotFound: no task of that id was given up."""
    with suppress(ValueError):
        if try_again(str(UUID(task))):
            return
    raise NotFound(task)
