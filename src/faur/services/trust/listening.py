"""Trust hears of ended jobs, and finishes the evaluations that they were."""

from django.db import transaction
from django.utils.translation import gettext as _

from faur.kernel.actors.actor import SYSTEM
from faur.kernel.ids import prefix_of
from faur.kernel.tasks import Retry, task
from faur.services.compute.public import Job
from faur.services.models.public import files_of
from faur.services.trust.models import Evaluation
from faur.services.trust.reports import Asked, Report, report_of


def on_job_ended(job: Job) -> None:
    """In the transaction in which the job ended: what follows is enqueued, and nothing else can fail."""
    if prefix_of(job.origin) == "eva":
        finish.enqueue(job.origin)


def _unfinished(uid: str) -> None:
    """No try is left: an evaluation must not run for ever."""
    from faur.services.trust.actions.finish_evaluation import finish_evaluation

    if evaluation := Evaluation.objects.still_running(uid):
        finish_evaluation(SYSTEM, evaluation, report=Report(fault=_("The report could not be taken in.")))


@task(retry=Retry(times=8), gave_up=_unfinished)
def finish(uid: str) -> None:
    """Finish one evaluation; done already is done."""
    from faur.services.trust.actions.finish_evaluation import finish_evaluation

    evaluation = Evaluation.objects.with_parties().get(uid=uid)
    if evaluation.state != Evaluation.State.RUNNING or evaluation.job is None:
        return
    report = report_of(evaluation.job, _asked(evaluation))
    with transaction.atomic():
        if held := Evaluation.objects.still_running(uid):
            finish_evaluation(SYSTEM, held, report=report)


def _asked(evaluation: Evaluation) -> Asked:
    weights = {file.path: file.digest for file in files_of(evaluation.model_version)}
    return Asked(weights["model.onnx"].removeprefix("sha256:"), evaluation.thresholds.items)
