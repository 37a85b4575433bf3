"""How soon a task begins, how many run a second, and what an idle worker costs. `python -m bench.tasks`."""

import threading
import time

from bench.bare_factory import bare_factory

TASKS = 200
IDLE_SECONDS = 10


def main() -> None:
    with bare_factory("tasks"):
        from django.db import connection

        from faur.kernel.tasks import run_worker

        print(f"tasks on {connection.vendor}")
        stop = threading.Event()
        worker = threading.Thread(target=run_worker, args=(stop,))
        worker.start()
        time.sleep(2)
        measure_idleness()
        measure_begin("enqueued by this process", quiet=False)
        measure_begin("enqueued by another process", quiet=True)
        measure_rate()
        stop.set()
        worker.join()


def measure_idleness() -> None:
    cpu = time.process_time()
    time.sleep(IDLE_SECONDS)
    print(f"  an idle worker: {(time.process_time() - cpu) / IDLE_SECONDS:.2%} of a core")


def measure_begin(what: str, *, quiet: bool) -> None:
    """`quiet`: without the wake-up, as the task of another process comes."""
    from django_tasks.signals import task_enqueued

    from faur.kernel.tasks.wake import wake_after_commit

    if quiet:
        task_enqueued.disconnect(wake_after_commit)
    waits = sorted(_wait() for _ in range(20))
    task_enqueued.connect(wake_after_commit)
    print(f"  {what} to done: {waits[10] * 1000:.0f} ms in the median, {waits[-1] * 1000:.0f} ms at most")


def measure_rate() -> None:
    from bench.deeds import nothing

    start, cpu = time.perf_counter(), time.process_time()
    for _ in range(TASKS):
        nothing.enqueue()
    while _left():
        time.sleep(0.01)
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(f"  enqueue and run: {TASKS / wall:.0f} tasks a second, {cpu / TASKS * 1000:.1f} ms of CPU each")


def _wait() -> float:
    from bench.deeds import nothing

    time.sleep(0.07)
    start = time.perf_counter()
    nothing.enqueue()
    while _left():
        time.sleep(0.002)
    return time.perf_counter() - start


def _left() -> bool:
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


if __name__ == "__main__":
    main()
