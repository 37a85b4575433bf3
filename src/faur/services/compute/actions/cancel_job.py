"""Somebody wants a job to end; the poller sees to it, wherever the job is."""

from faur.kernel import clock
from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.compute.errors import JobEnded, JobEnding
from faur.services.compute.models import Job
from faur.services.compute.waking import wake_pollers
from faur.services.projects.public import may_work_in


def may_cancel(actor: Actor, job: Job) -> bool:
    """Those who work in its project, and the operator, whose cluster it is."""
    return may_work_in(actor, job.project) or actor.is_operator


@action("compute.cancel_job", may=may_cancel)
def cancel_job(actor: Actor, job: Job) -> Statement[Job]:
    """Ask for the end of `job`; what it used until then is charged.

    Raises:
        JobEnded: it has ended.
        JobEnding: somebody asked before.
    """
    fresh = Job.objects.select_for_update(of=("self",)).select_related("project").get(pk=job.pk)
    if fresh.has_ended:
        raise JobEnded
    if fresh.cancel_asked_at is not None:
        raise JobEnding
    fresh.cancelled_by, fresh.cancel_asked_at = actor.uid, clock.now()
    fresh.save(update_fields=["cancelled_by", "cancel_asked_at"])
    wake_pollers()
    return Statement(
        chain=fresh.project.uid, subjects=[fresh], claims={"job": fresh.uid, "state": fresh.state}, result=fresh
    )
