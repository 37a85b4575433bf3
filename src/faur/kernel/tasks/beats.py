"""A schedule that is due becomes the work of one worker."""

import logging
from collections.abc import Callable

from django.db.models import Min

from faur.kernel import clock
from faur.kernel.tasks.declarations import schedule_named, schedule_names
from faur.kernel.tasks.models import Schedule
from faur.kernel.tasks.outcomes import storable

log = logging.getLogger("faur.tasks")


def know_schedules() -> None:
    """Give each declared schedule its row; a new one is due at once."""
    now = clock.now()
    rows = [Schedule(name=name, due=now) for name in schedule_names()]
    Schedule.objects.bulk_create(rows, ignore_conflicts=True)


def claim_beat(worker: str) -> Schedule | None:
    """Take the schedule that is due longest, if there is one; nobody else runs it then."""
    now = clock.now()
    for row in Schedule.objects.filter(name__in=schedule_names(), worker="", due__lte=now).order_by("due"):
        unclaimed = Schedule.objects.filter(pk=row.pk, worker="", due=row.due)
        row.worker, row.started_at, row.due = worker, now, schedule_named(row.name).next_due(row.due, now)
        if unclaimed.update(worker=row.worker, started_at=row.started_at, due=row.due):
            return row
    return None


def seconds_to_next_beat() -> float:
    """Until something is due, as far as is known now; it may be in the past."""
    idle = Schedule.objects.filter(name__in=schedule_names(), worker="")
    due = idle.aggregate(next=Min("due"))["next"]
    return float("inf") if due is None else (due - clock.now()).total_seconds()


def run_beat(row: Schedule) -> Callable[[], None]:
    """Call what is due. Trouble is kept for people to see; the next beat comes all the same."""
    trouble = ""
    try:
        schedule_named(row.name).run()
    except (Exception, SystemExit) as error:
        log.exception("%s failed", row.name)
        trouble = f"{type(error).__name__}: {error}"
    mine = Schedule.objects.filter(pk=row.pk, worker=row.worker, started_at=row.started_at)

    def write_down() -> None:
        mine.update(worker="", finished_at=clock.now(), trouble=storable(trouble))

    return write_down
