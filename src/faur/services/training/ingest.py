"""Takes in what a run reports of itself: metrics, each line once, and progress."""

import json
from typing import Any

from django.db import transaction

from faur.kernel import clock
from faur.services.compute.public import Job, plain, read_report
from faur.services.training.models import Metric, Run
from faur.services.training.rules import MOST_BYTES, PIECE, Intake, Parsed, parse, spelt

METRICS = "report/metrics.jsonl"
PROGRESS = "report/progress.json"
LONGEST_PROGRESS = 8 * 1024
LONGEST_LABEL = 200


def take_in_metrics(run: Run, job: Job) -> None:
    """Take in the lines that came since last time; of an ended job, the last one too where it has no line end.

    What lies behind the first 64 MiB is not read: the end of a run must not wait for a file without end.
    """
    while run.read_to < MOST_BYTES:
        piece = read_report(job, METRICS, run.read_to, PIECE)
        more = len(piece) == PIECE
        parsed = parse(piece, run.read_to, whole=job.has_ended and not more)
        if parsed.next_offset == run.read_to or not _store(run, parsed):
            return
        if not more:
            return


def read_progress(job: Job) -> dict[str, Any]:  # Any: JSON
    """How far the program says it is: `done` of `total`, and a `label`; empty where it says nothing of use."""
    try:
        said = json.loads(read_report(job, PROGRESS, 0, LONGEST_PROGRESS))
        done, total, label = said["done"], said["total"], said.get("label", "")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
    if type(done) is not int or type(total) is not int or not 0 <= done <= total < 2**53:
        return {}
    return {"done": done, "total": total, "label": plain(label, LONGEST_LABEL)}


def _store(run: Run, parsed: Parsed) -> bool:
    """Write the points and where the next begin, in one transaction; False where somebody else was faster."""
    with transaction.atomic():
        fresh = Run.objects.select_for_update().get(pk=run.pk)
        if fresh.read_to != run.read_to:
            return False
        intake = Intake(fresh.read_tallies(), fresh.stored)
        intake.take(parsed.points)
        Metric.objects.bulk_create(_rows(fresh, intake), batch_size=1000)
        fresh.tallies = {key: tally.as_json() for key, tally in intake.tallies.items()}
        fresh.stored, fresh.read_to = intake.stored, parsed.next_offset
        fresh.bad_lines, fresh.left_out = fresh.bad_lines + parsed.bad, fresh.left_out + intake.left_out
        fresh.save(update_fields=["tallies", "stored", "read_to", "bad_lines", "left_out"])
    run.read_to, run.tallies, run.stored = fresh.read_to, fresh.tallies, fresh.stored
    run.bad_lines, run.left_out = fresh.bad_lines, fresh.left_out
    return True


def _rows(run: Run, intake: Intake) -> list[Metric]:
    now = clock.now()
    return [
        Metric(
            run=run,
            key=kept.point.key,
            step=kept.step,
            value=None if (special := spelt(kept.point.value)) else kept.point.value,
            special=special,
            level=kept.level,
            at=kept.point.at or now,
            offset=kept.point.offset,
        )
        for kept in intake.kept
    ]
