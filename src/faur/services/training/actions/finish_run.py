"""A run's job ended: the rest of what it reported is taken in, and the record says what it made."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Strength, Subject
from faur.services.compute.public import Job, program_refusal
from faur.services.training.ingest import read_progress, take_in_metrics
from faur.services.training.models import Run


def is_factory(actor: Actor, _run: Run) -> bool:
    return actor.is_system


@action("training.finish_run", may=is_factory)
def finish_run(actor: Actor, run: Run, job: Job) -> Statement[Run]:
    """Write down how `run` ended. Its metrics are the program's word; its files are named by what the factory kept."""
    take_in_metrics(run, job)
    run.state = job.state
    run.progress = read_progress(job) or run.progress
    if job.state == "failed" and (refusal := program_refusal(job)) is not None:
        run.refusal_code, run.refusal, run.refusal_hint = refusal.code, refusal.sentence, refusal.hint
    run.save(update_fields=["state", "progress", "refusal_code", "refusal", "refusal_hint"])
    outputs = [file for file in job.outputs if file.path.startswith("out/")]
    return Statement(
        chain=run.project.uid,
        subjects=[run, job, *(Subject("", file.digest) for file in outputs)],
        claims={
            "run": run.uid,
            "state": run.state,
            "refusal": run.refusal_code,
            "metrics": run.metrics,
            "outputs": [{"path": file.path, "digest": file.digest} for file in outputs],
        },
        strength=Strength.REPORTED,
        result=run,
    )
