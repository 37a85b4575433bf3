"""Reads of clusters and jobs: each a fixed number of SQL queries, whatever the rows."""

import json
import re
from dataclasses import asdict, dataclass

from django.db.models import Count, Q, Sum

from faur.kernel.actors.actor import Actor
from faur.kernel.actors.models import User
from faur.kernel.blobs import BlobNotFound, Digest, ManifestFile, blobs, link_token
from faur.kernel.units import HOUR, KIB, MIB, Seconds
from faur.services.compute.models import Cluster, ClusterQuerySet, Job, JobQuerySet
from faur.services.compute.reach import read_live
from faur.services.compute.rules import State, plain, readable

LINK_LASTS = Seconds(HOUR)
LOG_PIECE = 256 * KIB
REFUSAL = "report/refusal.json"
LONGEST_REFUSAL = 64 * KIB
LONGEST_SENTENCE = 1000

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class LogPart:
    """Some bytes of a log, the offset after them, and whether the log ends there for good."""

    content: bytes
    next_offset: int
    complete: bool


@dataclass(frozen=True, slots=True)
class LogPage:
    """A stretch of a log as text: the offsets in bytes where it starts and where the next begins."""

    text: str
    start: int
    next_offset: int
    complete: bool


@dataclass(frozen=True, slots=True)
class ProgramRefusal:
    """What a program said that could not go on because of its input (docs/architecture.md, "A job's world")."""

    code: str
    sentence: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class InUse:
    """What the jobs that run on a cluster hold of it, and how many wait."""

    cores: int
    gpus: int
    running: int
    waiting: int


def jobs(actor: Actor, *, project: str = "", state: str = "", search: str = "") -> JobQuerySet:
    """The jobs that the actor may see, newest first; one query when its rows are asked for."""
    found = Job.objects.visible_to(actor).select_related("project", "allocation", "cluster").order_by("-pk")
    if project:
        found = found.filter(project__uid=project)
    if state:
        found = found.active() if state == "active" else found.filter(state=state)
    if search:
        found = found.filter(Q(title__icontains=search) | Q(uid=search) | Q(origin=search))
    return found


def job(actor: Actor, uid: str) -> Job:
    """Raises NotFound: not there, or not for this actor."""
    return jobs(actor).get_by_uid(uid)


def clusters(actor: Actor) -> ClusterQuerySet:
    return Cluster.objects.visible_to(actor).order_by("-pk")


def cluster(actor: Actor, uid: str) -> Cluster:
    """Raises NotFound: not there, or not for this actor."""
    return clusters(actor).get_by_uid(uid)


def in_use(found: Cluster) -> InUse:
    """One query."""
    runs = Q(state__in=[State.RUNNING, State.COMPLETING])
    told = (
        Job.objects.filter(cluster=found)
        .active()
        .aggregate(
            cores=Sum("cores", filter=runs, default=0),
            gpus=Sum("gpus", filter=runs, default=0),
            running=Count("pk", filter=runs),
            waiting=Count("pk", filter=~runs),
        )
    )
    return InUse(**told)


def output_file(job: Job, path: str) -> ManifestFile | None:
    """One of the files that were kept of an ended job."""
    return next((file for file in job.outputs if file.path == path), None)


def job_outputs(job: Job) -> tuple[ManifestFile, ...]:
    """The files that were kept of an ended job, sorted by path; each path begins with `out/` or `report/`."""
    return job.outputs


def read_report(job: Job, path: str, offset: int = 0, limit: int = MIB) -> bytes:
    """Bytes of a file under `report/` or `out/`: from what was kept, or live while the job runs; empty where none are.

    Raises:
        Unavailable: the cluster, or the store, does not answer now.
    """
    if not job.has_ended:
        return read_live(job, path, offset, limit)
    file = output_file(job, path)
    if file is None or offset >= file.size:
        return b""
    return b"".join(blobs().open(file.digest, offset, offset + limit))


def read_log(job: Job, offset: int = 0, limit: int = LOG_PIECE) -> LogPart:
    """The log from `offset` on, `limit` bytes at most, as far as it is written."""
    if job.has_ended:
        content = _kept_log(job, offset, limit)
        return LogPart(content, offset + len(content), offset + len(content) >= (job.log_size or 0))
    content = read_live(job, "log", offset, limit)
    return LogPart(content, offset + len(content), complete=False)


def log_page(job: Job, offset: int | None = None) -> LogPage:
    """What a page shows of the log: whole lines from `offset`; without one, the end of an ended job's log."""
    start = max(0, (job.log_size or 0) - LOG_PIECE) if offset is None else offset
    part = read_log(job, start)
    lines = part.content if part.complete else part.content[: part.content.rfind(b"\n") + 1] or part.content
    return LogPage(readable(lines.decode(errors="replace")), start, start + len(lines), part.complete)


def program_refusal(job: Job) -> ProgramRefusal | None:
    """Why the program itself would not go on, if it said so in the agreed form."""
    try:
        said = json.loads(read_report(job, REFUSAL, 0, LONGEST_REFUSAL))
        code, sentence, hint = (plain(said.get(name), LONGEST_SENTENCE) for name in ("code", "sentence", "hint"))
    except (ValueError, AttributeError, RecursionError):
        return None
    return ProgramRefusal(code if _CODE.fullmatch(code) else "program.refused", sentence, hint) if sentence else None


def linked_outputs(job: Job) -> list[dict[str, object]]:
    """The files that were kept, each with a link that opens it for an hour."""
    return [{**asdict(file), "link": _link(file)} for file in job.outputs]


def name_of(person: str) -> str:
    """The name of a person by uid; empty for nobody, and for the factory itself."""
    return User.objects.filter(uid=person).values_list("name", flat=True).first() or "" if person else ""


def _link(file: ManifestFile) -> str:
    saved_as = file.path.rpartition("/")[2]
    return f"/api/v1/bytes/{link_token(file.digest, LINK_LASTS, saved_as, file.media_type)}"


def _kept_log(job: Job, offset: int, limit: int) -> bytes:
    if not job.log_digest or offset >= (job.log_size or 0):
        return b""
    try:
        return b"".join(blobs().open(Digest(job.log_digest), offset, offset + limit))
    except BlobNotFound:
        return b""
