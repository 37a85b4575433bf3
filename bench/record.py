"""How many entries a second the record takes, and what each costs. `python -m bench.record`."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from bench.bare_factory import bare_factory

ENTRIES = 1_000
WRITERS = 4
CHAINS = 50


def main() -> None:
    with bare_factory("record") as home:
        from django.db import connection

        print(f"record on {connection.vendor}")
        print(f"  queries an append: {queries()}")
        wall, cpu = timed(lambda: [append_one("prj_1") for _ in range(ENTRIES)])
        print(f"  one writer: {ENTRIES / wall:6.0f} a second, {cpu / ENTRIES * 1000:.2f} ms CPU an append")
        wall, _ = timed(lambda: at_once(lambda _: "prj_1"))
        print(f"  {WRITERS} writers, one chain: {WRITERS * ENTRIES / wall:6.0f} a second")
        wall, _ = timed(lambda: at_once(lambda writer: f"prj_{writer}"))
        print(f"  {WRITERS} writers, a chain each: {WRITERS * ENTRIES / wall:6.0f} a second")
        checkpoints()
        export(home / "bundle.zip")


def append_one(chain: str) -> None:
    from django.db import transaction

    from faur.kernel import clock
    from faur.kernel.record import Statement, Subject, append

    subjects = [Subject("job_01k"), Subject("mod_01k", "sha256:" + "ab" * 32, "A model")]
    claims = {"auc": 0.9912, "seconds": 37, "recipe": "tabular-classification", "seeds": [1, 2, 3]}
    with transaction.atomic():
        append("usr_01k", "training.run_ended", Statement(subjects, claims, chain=chain), at=clock.now())


def queries() -> int:
    """SQL statements of one append to a chain that is there."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    append_one("prj_1")
    with CaptureQueriesContext(connection) as captured:
        append_one("prj_1")
    return sum(not query["sql"].startswith(("BEGIN", "COMMIT")) for query in captured.captured_queries)


def at_once(chain_of: Callable[[int], str]) -> None:
    from django.db import connections

    def write(writer: int) -> None:
        for _ in range(ENTRIES):
            append_one(chain_of(writer))
        connections.close_all()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def checkpoints() -> None:
    from faur.kernel.record import checkpoint

    for chain in range(CHAINS):
        append_one(f"prj_more_{chain}")
    wall, cpu = timed(checkpoint)
    print(f"  a checkpoint over {CHAINS + WRITERS} chains: {wall * 1000:.1f} ms, {cpu * 1000:.1f} ms CPU")


def export(path: Path) -> None:
    from faur.kernel.record import export_bundle
    from faur.kernel.record.verify import verify_bundle

    wall, _ = timed(lambda: export_bundle("prj_1", path))
    report = verify_bundle(path)
    seconds, _ = timed(lambda: verify_bundle(path))
    if not report.ok:
        raise SystemExit(report.findings[:3])
    print(f"  export {report.entries} entries: {report.entries / wall:6.0f} a second, {path.stat().st_size >> 20} MiB")
    print(f"  verify them: {report.entries / seconds:6.0f} a second")


def timed(deed: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the clock and of this process's CPU."""
    start, used = time.perf_counter(), time.process_time()
    deed()
    return time.perf_counter() - start, time.process_time() - used


if __name__ == "__main__":
    main()
