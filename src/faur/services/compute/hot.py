"""What the gateway looks at while people watch jobs: one query for all watched jobs, whoever watches."""

from collections.abc import Iterable
from dataclasses import dataclass

from faur.kernel.actors.actor import Actor
from faur.services.compute.models import Job
from faur.services.compute.queries import LogPart, job, read_log
from faur.services.compute.rules import FINAL


@dataclass(frozen=True, slots=True)
class Glance:
    """The state of a job as it is shown while it runs."""

    state: str
    reason: str
    queue_position: int | None
    ended: bool


def glances(uids: Iterable[str]) -> dict[str, Glance]:
    """The states of these jobs; one query."""
    rows = Job.objects.filter(uid__in=list(uids)).values_list("uid", "state", "reason", "queue_position")
    return {uid: Glance(state, reason, place, state in FINAL) for uid, state, reason, place in rows}


def may_watch(actor: Actor, uid: str) -> None:
    """Raises NotFound: there is no such job, or not for this actor."""
    job(actor, uid)


def log_of(uid: str, offset: int) -> LogPart:
    """The log from `offset` on, as far as it is written. Ask first whether the actor may look."""
    return read_log(Job.objects.defer("spec", "files").select_related("cluster").get(uid=uid), offset)
