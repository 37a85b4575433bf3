"""What the reconciler does in the database: each step a transaction, each safe to do again after a crash."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from faur.kernel import clock
from faur.kernel.actors.actor import SYSTEM
from faur.services.compute.actions.end_job import Ending, end_job
from faur.services.compute.actions.start_job import start_job
from faur.services.compute.announcements import job_ended, job_observed
from faur.services.compute.errors import JobEnded
from faur.services.compute.models import Cluster, Job
from faur.services.compute.orders import capabilities_document
from faur.services.compute.ports import Capabilities, Handle, Observation
from faur.services.compute.rules import State, after, pause

log = logging.getLogger("faur.compute")


def to_tend(cluster: str) -> list[Job]:
    """All jobs of the cluster with which there is something to do now; one query."""
    now = clock.now()
    return [job for job in Job.objects.to_tend(cluster) if job.retry_at is None or job.retry_at <= now]


def note_place(cluster: str, place: Capabilities) -> None:
    """What a cluster has may change while the factory is stopped."""
    Cluster.objects.filter(uid=cluster).update(capabilities=capabilities_document(place))


def offer(job: Job) -> bool:
    """Note that the job is about to be handed over, so that from here on the scheduler is asked before it is ended.

    False where somebody cancelled it first.
    """
    row = Job.objects.filter(pk=job.pk, state=State.CREATED)
    if job.offered_at is None:
        row = row.filter(cancel_asked_at=None)
    return bool(row.update(offered_at=job.offered_at or clock.now()))


def note_handle(job: Job, handle: Handle) -> None:
    """The scheduler has the job."""
    row = Job.objects.filter(pk=job.pk, state=State.CREATED)
    row.update(state=State.SUBMITTED, handle=handle, submitted_at=clock.now(), attempts=0, retry_at=None)


def put_off(job: Job) -> None:
    """Try again later, each time a little later."""
    job.attempts += 1
    job.retry_at = clock.now() + timedelta(seconds=pause(job.attempts))
    job.save(update_fields=["attempts", "retry_at"])


def note(seen: Iterable[tuple[Job, Observation]]) -> list[Job]:
    """Bring the rows up to what was seen; returns the jobs whose state changed."""
    with transaction.atomic():
        return [job for job, observation in seen if _note(job, observation)]


def observe(jobs: Iterable[Job]) -> None:
    """Tell the later services that these were looked at. A listener that fails does not hold up the jobs."""
    for job in jobs:
        try:
            job_observed.announce(job)
        except Exception:
            log.exception("a listener failed on %s", job.uid)


def end(job: Job, ending: Ending) -> None:
    """End the job and tell the later services, in one transaction; ending it again changes nothing."""
    try:
        with transaction.atomic():
            job_ended.announce(end_job(SYSTEM, job, ending))
    except JobEnded:
        log.info("%s had ended before", job.uid)


def let_go(job: Job) -> None:
    """There is nothing more to do with it."""
    Job.objects.filter(pk=job.pk).update(is_tended=False)


def _note(job: Job, seen: Observation) -> bool:
    before = job.state
    if seen.started_at is not None and job.started_at is None:
        _note_start(job, seen)
    state = after(job.current, seen.state)
    if (state, seen.queue_position) != (job.state, job.queue_position):
        row = Job.objects.filter(pk=job.pk, state=job.state)
        row.update(state=state, queue_position=seen.queue_position)
        job.state, job.queue_position = state, seen.queue_position
    return job.state != before


def _note_start(job: Job, seen: Observation) -> None:
    try:
        started = start_job(SYSTEM, job, seen)
    except JobEnded:
        return
    job.state, job.started_at, job.sandbox = started.state, started.started_at, started.sandbox
    job.queue_position = None
