"""Work that follows a transaction: a queue that retries, a schedule, and effects that happen exactly once."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faur.kernel.tasks.declarations import declared_schedules, declared_tasks, every, task
    from faur.kernel.tasks.exactly_once import once
    from faur.kernel.tasks.outcomes import try_again
    from faur.kernel.tasks.queries import failed_tasks
    from faur.kernel.tasks.retries import Retry
    from faur.kernel.tasks.worker import drain, run_worker

__all__ = [
    "Retry",
    "declared_schedules",
    "declared_tasks",
    "drain",
    "every",
    "failed_tasks",
    "once",
    "run_worker",
    "task",
    "try_again",
]

_ROOMS = {
    "declarations": ("declared_schedules", "declared_tasks", "every", "task"),
    "exactly_once": ("once",),
    "outcomes": ("try_again",),
    "queries": ("failed_tasks",),
    "retries": ("Retry",),
    "worker": ("drain", "run_worker"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    """The front door opens at first use: Django imports this package before its tables can be known."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
    globals()[name] = found
    return found
