"""A job is over: what it made is kept, what it used is charged, and the rest of the hold is free again."""

from dataclasses import dataclass
from datetime import datetime

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import Manifest, Stored
from faur.kernel.record import JSON, Statement, Subject
from faur.kernel.units import Seconds, Unit
from faur.services.compute import rules
from faur.services.compute.actions.start_job import is_factory
from faur.services.compute.errors import JobEnded
from faur.services.compute.models import Job
from faur.services.projects.public import release_for, settle_for

LONGEST_MESSAGE = 1000


@dataclass(frozen=True, slots=True)
class Kept:
    """What was taken from an ended job: its files, their manifest, and its log."""

    files: Manifest = ()
    manifest: str = ""
    log: Stored | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How a job ended, as the scheduler or the factory saw it. `elapsed` is what it is charged for, in seconds.

    `cpu_seconds` and `max_memory` (bytes) where they are known.
    """

    state: rules.State
    reason: str = ""
    message: str = ""
    exit_code: int | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    elapsed: Seconds = Seconds(0)
    cpu_seconds: float | None = None
    max_memory: int | None = None
    kept: Kept = Kept()


@action("compute.end_job", may=is_factory)
def end_job(actor: Actor, job: Job, ending: Ending) -> Statement[Job]:
    """Write down how `job` ended, and settle its hold by what it was given for as long as it ran.

    Raises:
        JobEnded: that was done before.
    """
    fresh = Job.objects.select_for_update(of=("self",)).select_related("project", "allocation").get(pk=job.pk)
    if fresh.has_ended:
        raise JobEnded
    _write(fresh, ending)
    _settle(fresh)
    fresh.save()
    kept = [Subject("", fresh.manifest)] if fresh.manifest else []
    return Statement(chain=fresh.project.uid, subjects=[fresh, *kept], claims=_claims(fresh), result=fresh)


def _write(job: Job, ending: Ending) -> None:
    job.state, job.reason, job.message = ending.state, ending.reason, ending.message[:LONGEST_MESSAGE]
    job.exit_code, job.queue_position = ending.exit_code, None
    job.started_at, job.ended_at = ending.started_at or job.started_at, ending.ended_at
    job.elapsed, job.cpu_seconds, job.max_memory = ending.elapsed, ending.cpu_seconds, ending.max_memory
    kept = ending.kept
    job.manifest = kept.manifest
    job.files = [
        {"path": file.path, "digest": file.digest, "size": file.size, "media_type": file.media_type}
        for file in kept.files
    ]
    if kept.log is not None:
        job.log_digest, job.log_size = kept.log.digest, kept.log.size


def _settle(job: Job) -> None:
    use = rules.Use(job.cores, job.gpus, Seconds(job.elapsed or 0))
    job.used = rules.charge(rules.State(job.state), use, Unit(job.unit), job.held)
    if job.used:
        settle_for(job.allocation, job.uid, job.used)
    else:
        release_for(job.allocation, job.uid)


def _claims(job: Job) -> dict[str, JSON]:
    return {
        "job": job.uid,
        "origin": job.origin,
        "state": job.state,
        "reason": job.reason,
        "exit_code": job.exit_code,
        "started_at": _moment(job.started_at),
        "ended_at": _moment(job.ended_at),
        "elapsed": job.elapsed,
        "cores": job.cores,
        "gpus": job.gpus,
        "charged": job.used,
        "unit": job.unit,
        "cpu_seconds": job.cpu_seconds,
        "max_memory": job.max_memory,
        "outputs": [{name: file[name] for name in ("path", "digest", "size")} for file in job.files],
        "log": job.log_digest,
        "sandbox": job.sandbox,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
