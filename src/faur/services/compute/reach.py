"""From the kind of a cluster to the adapter that reaches it, and from plain code to its asynchronous answers."""

from asgiref.sync import async_to_sync

from faur.kernel.wiring import wired
from faur.services.compute.models import Job
from faur.services.compute.ports import Scheduler


def scheduler_of(kind: str) -> Scheduler | None:
    """The adapter that the site wired to clusters of this kind, if any."""
    try:
        return wired(Scheduler, kind)
    except LookupError:
        return None


def read_live(job: Job, path: str, offset: int, limit: int) -> bytes:
    """Bytes of a file that the job is writing, or of its log (path `log`); empty where there is nothing more yet."""
    handle, scheduler = job.place_in_scheduler, scheduler_of(job.cluster.kind)
    if handle is None or scheduler is None:
        return b""
    if path == "log":
        return async_to_sync(scheduler.log)(handle, offset, limit)
    return async_to_sync(scheduler.read)(handle, path, offset, limit)
