"""Tasks and schedules say what they are where they are written; the worker and the documentation read it here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from inspect import getdoc
from math import floor
from typing import Any, ParamSpec, TypeVar

import django_tasks
from django_tasks.base import Task

from faur.kernel.tasks.retries import Retry

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
DEFAULT_RETRY = Retry()


@dataclass(frozen=True, slots=True)
class DeclaredTask:
    """A kind of task. `name` is the path that its rows in the queue carry."""

    name: str
    summary: str
    priority: int
    retry: Retry
    gave_up: Callable[..., None] | None


@dataclass(frozen=True, slots=True)
class DeclaredSchedule:
    """Something that the factory does every so many seconds."""

    name: str
    summary: str
    seconds: float
    run: Callable[[], object]

    def next_due(self, due: datetime, now: datetime) -> datetime:
        """The first moment after `now` on the beat that `due` is on. What was missed meanwhile is not made up for."""
        missed = floor((now - due).total_seconds() / self.seconds)
        return due + timedelta(seconds=self.seconds * (max(missed, 0) + 1))


_IN_TESTS = ".tests."
_tasks: dict[str, DeclaredTask] = {}
_schedules: dict[str, DeclaredSchedule] = {}


def task(
    *, retry: Retry = DEFAULT_RETRY, priority: int = 0, gave_up: Callable[..., None] | None = None
) -> Callable[[Callable[Arguments, Result]], Task[Arguments, Result]]:
    """Make a function of a module a task: `.enqueue(…)` puts it in the queue, in the caller's transaction.

    Arguments and result are what JSON can carry. It runs at least once, so its effects belong under `once`.
    Higher `priority` (-100 to 100) runs first. `gave_up` is called with the same arguments when no try is left,
    in the transaction that marks the task failed.
    """

    def declare(function: Callable[Arguments, Result]) -> Task[Arguments, Result]:
        made: Task[Arguments, Result] = django_tasks.task(priority=priority)(function)
        _tasks[made.module_path] = DeclaredTask(made.module_path, _summary(function), priority, retry, gave_up)
        return made

    return declare


def every(*, seconds: float) -> Callable[[Callable[[], Result]], Callable[[], Result]]:
    """Let the workers call a function on a beat: each beat by one worker, never two at a time, late ones once.

    A beat whose worker dies is made up for at once.
    """

    def declare(function: Callable[[], Result]) -> Callable[[], Result]:
        name = f"{function.__module__}.{function.__qualname__}"
        _schedules[name] = DeclaredSchedule(name, _summary(function), seconds, function)
        return function

    return declare


def declared_tasks() -> tuple[DeclaredTask, ...]:
    """Every kind of task that the factory knows, by name, without those of tests."""
    return tuple(_tasks[name] for name in sorted(_tasks) if _IN_TESTS not in name)


def declared_schedules() -> tuple[DeclaredSchedule, ...]:
    """Everything that the factory does on a beat, by name, without that of tests."""
    return tuple(_schedules[name] for name in sorted(_schedules) if _IN_TESTS not in name)


def schedule_names() -> tuple[str, ...]:
    """What this process could run on a beat."""
    return tuple(_schedules)


def task_named(name: str) -> DeclaredTask:
    """The declaration behind a row in the queue; one that is no longer known gets the usual tries."""
    return _tasks.get(name) or DeclaredTask(name, "", 0, DEFAULT_RETRY, None)


def schedule_named(name: str) -> DeclaredSchedule:
    return _schedules[name]


def _summary(function: Callable[..., Any]) -> str:  # Any: a task of whatever kind
    return (getdoc(function) or "").partition("\n")[0]
