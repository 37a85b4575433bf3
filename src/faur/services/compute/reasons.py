"""Why a job ended as it did, in plain words and with what to do next, for each code that the factory knows."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faur.services.compute.models import Job
from faur.services.compute.rules import State


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence for the person who waited, and a hint; both empty where there is nothing to explain."""

    sentence: str = ""
    hint: str = ""


_INTERRUPTED = (
    gettext_lazy("The machine, or what watched over the job, ended while it ran."),
    gettext_lazy("Run it again."),
)

_REASONS: dict[str, tuple[Promise, Promise]] = {
    "job.wall_time": (
        gettext_lazy("The job was ended because its time was over."),
        gettext_lazy("Ask for more time, or give it less to do."),
    ),
    "job.out_of_memory": (
        gettext_lazy("The job was ended because it used more memory than it asked for."),
        gettext_lazy("Ask for more memory, or give it less to do at once."),
    ),
    "job.disk_exceeded": (
        gettext_lazy("The job was ended because it wrote more than it may; of its files only the report is kept."),
        gettext_lazy("Write less, or ask for more disk."),
    ),
    "job.too_many_processes": (
        gettext_lazy("The job was ended because it started more processes than it may."),
        gettext_lazy("Look for a loop that starts processes, or use fewer at once."),
    ),
    "job.too_many_files": (
        gettext_lazy("The job left more files than can be kept; only its report is kept."),
        gettext_lazy("Pack them into fewer files, such as one archive."),
    ),
    "job.names_not_portable": (
        gettext_lazy("The job left files whose names do not work on every machine; only its report is kept."),
        gettext_lazy("Use names without control characters, that differ by more than capital letters."),
    ),
    "job.cancelled": (gettext_lazy("The job was cancelled."), gettext_lazy("What it used until then is charged.")),
    "job.exit_code": (
        gettext_lazy("The program ended with an error of its own."),
        gettext_lazy("The last lines of the log say what went wrong."),
    ),
    "job.signal": (
        gettext_lazy("The program was ended by a signal: it crashed, or ended itself."),
        gettext_lazy("The last lines of the log say how far it came."),
    ),
    "job.not_started": (
        gettext_lazy("The program could not be started."),
        gettext_lazy("Check the name of the program and its arguments."),
    ),
    "job.interrupted": _INTERRUPTED,
    "job.supervisor_lost": _INTERRUPTED,
    "job.lost": (
        gettext_lazy("The cluster no longer knows this job. Nothing is charged."),
        gettext_lazy("Run it again; if it happens twice, tell the operator."),
    ),
    "job.outputs_lost": (
        gettext_lazy("What the job made could not be kept. Nothing is charged."),
        gettext_lazy("Tell the operator, then run it again."),
    ),
    "job.not_submitted": (
        gettext_lazy("The cluster did not take the job, again and again. Nothing is charged."),
        gettext_lazy("Tell the operator."),
    ),
    "job.too_large": (
        gettext_lazy("No place on this cluster is large enough for this job. Nothing is charged."),
        gettext_lazy("Ask for less; the page of the cluster says what it has."),
    ),
    "job.input_damaged": (
        gettext_lazy("The stored bytes of an input are not the ones that the job names. Nothing is charged."),
        gettext_lazy("Tell the operator: the store of the factory is damaged."),
    ),
}


def explain(job: Job) -> Explanation:
    """Why `job` is where it is: a reason's own words, or what is known of a job that has none."""
    if job.reason in _REASONS:
        sentence, hint = _REASONS[job.reason]
        return Explanation(str(sentence), str(hint))
    if job.reason:
        return Explanation(job.message or job.reason)
    if job.current is State.PENDING and job.queue_position:
        return Explanation(_("It is number %(place)d in the queue.") % {"place": job.queue_position})
    if job.cancel_asked_at is not None and not job.has_ended:
        return Explanation(_("It is being cancelled."))
    return Explanation()
