"""What a running worker promises: quick to start, quick to stop, and exactly once under kill -9."""

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from faur.kernel.tasks import once, run_worker
from faur.kernel.tasks.models import Schedule, Setback, Worker
from faur.kernel.tasks.tests import deeds
from faur.kernel.tests.side_by_side import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _traces(transactional_db):
    with deeds.traces():
        yield
    deeds.opened.clear()


@contextmanager
def working(count: int = 1, **options: float) -> Iterator[Callable[[], None]]:
    """So many workers in threads of this process; yields how to stop them."""
    stop = threading.Event()

    def work() -> None:
        run_worker(stop, **options)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()

    def end() -> None:
        stop.set()
        for thread in threads:
            thread.join()

    try:
        yield end
    finally:
        end()


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> float:
    """Seconds that it took."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() < start + seconds, "it never came to that"
        time.sleep(0.005)
    return time.monotonic() - start


def test_a_new_task_is_begun_within_a_fifth_of_a_second() -> None:
    with working():
        wait_until(lambda: Schedule.objects.exclude(finished_at=None).exists())
        waits = []
        for number in range(5):
            deeds.leave.enqueue(f"{number}")
            waits.append(wait_until(lambda number=number: f"{number}" in deeds.traced()))
        assert min(waits) < 0.2


def test_a_look_that_fails_for_an_odd_reason_does_not_end_the_worker(monkeypatch) -> None:
    looks = []

    def stumble_once() -> None:
        looks.append(1)
        if len(looks) == 1:
            raise ValueError("odd")

    monkeypatch.setattr("faur.kernel.tasks.worker.recover", stumble_once)
    with working():
        deeds.leave.enqueue("a")
        wait_until(lambda: deeds.traced() == ["a"])


def test_a_worker_with_nothing_in_hand_stops_at_once() -> None:
    with working() as end:
        wait_until(Worker.objects.exists)
        start = time.monotonic()
        end()
        assert time.monotonic() - start < 2
        assert not Worker.objects.exists()


def test_a_long_task_keeps_neither_others_nor_the_end_waiting() -> None:
    with working(grace=0.2, lanes=2) as end:
        deeds.wait_for_it.enqueue()
        wait_until(lambda: DBTaskResult.objects.running().exists())
        deeds.leave.enqueue("short")
        wait_until(lambda: deeds.traced() == ["short"])
        start = time.monotonic()
        end()
        assert time.monotonic() - start < 3
        assert Worker.objects.exists()
    deeds.opened.set()
    wait_until(lambda: not DBTaskResult.objects.running().exists())


def test_two_workers_share_the_tasks_and_the_beat() -> None:
    with working(2):
        start = time.monotonic()
        for number in range(30):
            deeds.leave.enqueue(f"{number:02}")
        wait_until(lambda: DBTaskResult.objects.successful().count() == 30)
        wait_until(lambda: deeds.beats() >= 3)
    beats = deeds.beats()
    assert deeds.traced() == [f"{number:02}" for number in range(30)]
    assert beats <= (time.monotonic() - start) / 0.2 + 1
    assert not Setback.objects.exists()


def test_of_many_at_once_one_has_the_effect() -> None:
    def deed() -> bool:
        with once("charge") as first:
            if first:
                deeds.trace("charged")
            return first

    assert sorted(at_once([deed] * 6)) == [False] * 5 + [True]
    assert deeds.traced() == ["charged"]


@pytest.mark.kills
def test_an_effect_happens_exactly_once_though_workers_are_killed_at_any_moment() -> None:
    keys = [f"{number:03}" for number in range(60)]
    for key in keys:
        deeds.leave_once.enqueue(key)
    for _ in range(5):
        with worker_process():
            done = min(DBTaskResult.objects.successful().count(), len(keys) - 1)
            wait_until(lambda done=done: DBTaskResult.objects.successful().count() > done)
            time.sleep(random.random() / 5)
    with worker_process():
        wait_until(lambda: DBTaskResult.objects.successful().count() == len(keys))
    assert deeds.traced() == keys
    assert Setback.objects.filter(kind=Setback.Kind.INTERRUPTED).exists()
    assert not Setback.objects.filter(kind=Setback.Kind.RAISED).exists()


@contextmanager
def worker_process() -> Iterator[None]:
    """A worker that is killed at the end of the block, whatever it is doing."""
    command = [sys.executable, "-m", "faur.kernel.tasks.tests.workshop", str(connection.settings_dict["NAME"])]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
