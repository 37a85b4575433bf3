"""Trust hears of ended jobs, and finishes the evaluations that they were."""

from faur.kernel.actors.actor import SYSTEM
from faur.kernel.ids import prefix_of
from faur.kernel.tasks import Retry, task
from faur.services.compute.public import Job
from faur.services.trust.models import Evaluation


def on_job_ended(job: Job) -> None:
    """In the transaction in which the job ended: what follows is enqueued, and nothing else can fail."""
    if prefix_of(job.origin) == "eva":
        finish.enqueue(job.origin)


@task(retry=Retry(times=8))
def finish(uid: str) -> None:
    """Finish one evaluation; done already is done."""
    from faur.services.trust.actions.finish_evaluation import finish_evaluation
    from faur.services.trust.reports import report_of

    rows = Evaluation.objects.select_related(
        "project", "model_version__run", "model_version__model", "dataset_version", "thresholds", "job"
    )
    evaluation = rows.get(uid=uid)
    if evaluation.state != Evaluation.State.RUNNING or evaluation.job is None:
        return
    finish_evaluation(SYSTEM, evaluation, report=report_of(evaluation.job))
