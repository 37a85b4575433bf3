"""The job of an evaluation has ended: what it measured is judged, kept and recorded."""

from typing import Any

from faur.kernel import clock
from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Subject, places
from faur.services.trust.models import Evaluation
from faur.services.trust.reports import Report
from faur.services.trust.rules import ResultStatus, Verdict, committed_in_time, verdict_of

Json = dict[str, Any]  # Any: JSON


def _only_the_factory(actor: Actor, _: Evaluation) -> bool:
    return actor.is_system


@action("trust.finish_evaluation", may=_only_the_factory)
def finish_evaluation(actor: Actor, evaluation: Evaluation, *, report: Report) -> Statement[None]:
    """Keep what the platform's own evaluator wrote; without a readable report the verdict is `error`."""
    verdict = verdict_of(ResultStatus(one["status"]) for one in report.thresholds)
    evaluation.state = Verdict.ERROR if report.fault else verdict
    evaluation.message = report.fault[:1000]
    evaluation.results = list(report.results)
    evaluation.judged = list(report.thresholds)
    evaluation.artefacts = list(report.artefacts)
    seqs = _seqs(evaluation)
    evaluation.committed_before_run = committed_in_time(*seqs)
    evaluation.ended_at = clock.now()
    evaluation.save()
    return _statement(evaluation, report, seqs[0])


def _seqs(evaluation: Evaluation) -> tuple[int | None, int | None]:
    """Where the thresholds and the training run stand in the project's chain."""
    thresholds, run = evaluation.thresholds, evaluation.model_version.run
    committed = places([thresholds.uid], "trust.commit_thresholds").get(thresholds.uid)
    started = places([run.uid], "training.start_run").get(run.uid)
    if committed is None or started is None or committed[0] != started[0]:
        return None, None
    return committed[1], started[1]


def _statement(evaluation: Evaluation, report: Report, committed: int | None) -> Statement[None]:
    version, dataset = evaluation.model_version, evaluation.dataset_version
    return Statement(
        chain=evaluation.project.uid,
        subjects=[
            evaluation,
            version,
            Subject(version.manifest, digest=version.manifest),
            dataset,
            Subject(evaluation.thresholds.uid, digest=evaluation.thresholds.digest),
        ],
        claims={
            "evaluation": evaluation.uid,
            "model_version": version.uid,
            "model": version.manifest,
            "dataset": dataset.manifest,
            "split": evaluation.split,
            "thresholds": evaluation.thresholds.uid,
            "thresholds_seq": committed,
            "committed_before_run": evaluation.committed_before_run,
            "verdict": evaluation.state,
            "report": report.digest,
            "results": [_claimed(one) for one in evaluation.judged],
        },
    )


def _claimed(judged: Json) -> Json:
    observed = judged["observed"]
    interval = observed.get("interval") or [None, None]
    return {
        "metric": judged["metric"],
        "slice": judged.get("slice", ""),
        "operator": judged["operator"],
        "bound": judged["value"],
        "value": observed.get("value"),
        "lo": interval[0],
        "hi": interval[1],
        "n": observed.get("n"),
        "status": judged["status"],
    }
