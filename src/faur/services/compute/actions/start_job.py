"""The cluster was seen to run a job."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.compute.errors import JobEnded
from faur.services.compute.models import Job
from faur.services.compute.ports import JobState, Observation
from faur.services.compute.rules import after


def is_factory(actor: Actor, _job: Job) -> bool:
    return actor.is_system


@action("compute.start_job", may=is_factory)
def start_job(actor: Actor, job: Job, seen: Observation) -> Statement[Job]:
    """Write down that `job` began, with what kept it apart. `seen` says when.

    Raises:
        JobEnded: it has ended, or its start was written down before.
    """
    fresh = Job.objects.select_for_update(of=("self",)).select_related("project").get(pk=job.pk)
    if fresh.has_ended or fresh.started_at is not None or seen.started_at is None:
        raise JobEnded
    fresh.state = after(after(fresh.current, JobState.RUNNING), seen.state)
    fresh.started_at, fresh.sandbox, fresh.queue_position = seen.started_at, seen.sandbox, None
    fresh.save(update_fields=["state", "started_at", "sandbox", "queue_position"])
    claims = {"job": fresh.uid, "started_at": seen.started_at.isoformat(), "sandbox": seen.sandbox}
    return Statement(chain=fresh.project.uid, subjects=[fresh], claims=claims, result=fresh)
