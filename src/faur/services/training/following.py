"""A run follows its job: what compute announces becomes the run's own state, progress and metrics."""

from faur.kernel.actors.actor import SYSTEM
from faur.kernel.ids import prefix_of
from faur.services.compute.public import Job
from faur.services.training.actions.finish_run import finish_run
from faur.services.training.ingest import read_progress, take_in_metrics
from faur.services.training.models import Run


def follow(job: Job) -> None:
    """A job was looked at: take over its state, its progress and its new metrics."""
    run = _run_of(job)
    if run is None or run.has_ended:
        return
    take_in_metrics(run, job)
    seen = {"state": job.state, "progress": read_progress(job) or run.progress}
    if any(getattr(run, name) != value for name, value in seen.items()):
        Run.objects.filter(pk=run.pk, state=run.state).update(**seen)


def conclude(job: Job) -> None:
    """A job ended: so does its run."""
    run = _run_of(job)
    if run is not None and not run.has_ended:
        finish_run(SYSTEM, run, job)


def _run_of(job: Job) -> Run | None:
    if prefix_of(job.origin) != "run":
        return None
    return Run.objects.filter(job=job).select_related("project").first()
