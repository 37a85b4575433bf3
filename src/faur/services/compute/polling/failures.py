"""What becomes of a job where a step with it failed: tried again later, or given up where that does not help."""

import logging

from faur.kernel import clock
from faur.kernel.errors import Refusal
from faur.services.compute.actions.end_job import Ending
from faur.services.compute.models import Job
from faur.services.compute.polling import steps
from faur.services.compute.rules import State

log = logging.getLogger("faur.compute")

MOST_FAILURES = 10
"""Failures that nobody foresaw, one after the other, after which a job is given up."""


def refused(job: Job, refusal: Refusal) -> None:
    """The scheduler will not have the job. It never ran, so nothing is charged."""
    ending = Ending(State.FAILED, reason=refusal.code, message=refusal.message, ended_at=clock.now())
    steps.end(job, ending)


def failed(job: Job, error: Exception, reason: str) -> None:
    """Try again later; a job with which it fails again and again is lost, for this `reason`, and costs nothing."""
    foreseen = isinstance(error, TimeoutError | ConnectionError) or (isinstance(error, Refusal) and error.transient)
    log.log(logging.INFO if foreseen else logging.ERROR, "%s: %r", job.uid, error, exc_info=not foreseen)
    if not foreseen and job.attempts + 1 >= MOST_FAILURES:
        steps.end(job, Ending(State.LOST, reason=reason, ended_at=clock.now()))
    steps.put_off(job)
