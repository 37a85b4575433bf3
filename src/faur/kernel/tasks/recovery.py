"""What a dead worker had in hand goes back to where others find it."""

from django_tasks_db.models import DBTaskResult

from faur.kernel import clock
from faur.kernel.tasks.models import Schedule
from faur.kernel.tasks.outcomes import interrupt
from faur.kernel.tasks.presence import living


def recover() -> None:
    """Make ready again what runs under workers that live no more.

    What runs is read before who lives: so a worker that enters meanwhile is not taken for dead.
    """
    running = list(DBTaskResult.objects.running())
    beats = list(Schedule.objects.exclude(worker=""))
    alive = living()
    for row in running:
        if row.worker_ids[-1] not in alive:
            interrupt(row)
    for schedule in beats:
        if schedule.worker not in alive:
            Schedule.objects.filter(pk=schedule.pk, worker=schedule.worker).update(worker="", due=clock.now())
