"""Tasks and schedules that leave traces, in a table that does not mind duplicates."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from faur.kernel.errors import Forbidden, Unavailable
from faur.kernel.tasks import Retry, every, once, task

PATIENT = Retry(times=3, first=60)
"""Waits so long that a test says when the next try is due."""
opened = threading.Event()
"""What `wait_for_it` waits for."""


@contextmanager
def traces() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE traces (key text)")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE traces")


def traced() -> list[str]:
    """What tasks left, sorted."""
    return _keys("<>")


def beats() -> int:
    """How often the drum was beaten."""
    return len(_keys("="))


def _keys(compared: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key FROM traces WHERE key {compared} 'beat' ORDER BY key")
        return [key for (key,) in cursor.fetchall()]


def trace(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO traces VALUES (%s)", [key])


@task(retry=PATIENT)
def leave(key: str) -> str:
    """Leave a trace."""
    trace(key)
    return key


@task(retry=PATIENT)
def leave_once(key: str) -> None:
    """Leave a trace once, slowly enough to be killed before, in the middle and after."""
    time.sleep(random.random() / 50)
    with once(key) as first:
        if first:
            trace(key)
            time.sleep(random.random() / 50)
    time.sleep(random.random() / 50)


@task(priority=10)
def hurry(key: str) -> None:
    """Leave a trace before others."""
    trace(key)


def remember_failure(key: str) -> None:
    trace(f"gave up {key}")


@task(retry=PATIENT, gave_up=remember_failure)
def fail_always(key: str) -> None:
    """Fail, with a text that no database would keep."""
    raise RuntimeError(f"no \0 \udce9 {key}")


@task(retry=PATIENT, gave_up=lambda: 1 / 0)
def fail_twice_over() -> None:
    """Fail, and so does what follows."""
    raise RuntimeError


@task(retry=PATIENT)
def refuse_for_good() -> None:
    """Fail in a way that stays."""
    raise Forbidden


@task(retry=PATIENT)
def refuse_for_now() -> None:
    """Fail in a way that may pass."""
    raise Unavailable("not now")


@task(retry=PATIENT)
def return_nonsense() -> object:
    """Return what JSON cannot carry."""
    return object()


@task()
def wait_for_it() -> None:
    """Take as long as the test wants."""
    opened.wait(10)


@every(seconds=0.2)
def beat_the_drum() -> None:
    """Leave a trace on a beat."""
    if "traces" in connection.introspection.table_names():
        trace("beat")


@every(seconds=3600)
def fail_hourly() -> None:
    """Fail on a beat."""
    raise RuntimeError("no \0 \udce9 beat")
