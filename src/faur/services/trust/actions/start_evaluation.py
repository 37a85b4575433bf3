"""A version is tested as a job: on rows that training never saw, against thresholds that cannot change."""

from dataclasses import dataclass

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Subject
from faur.kernel.units import Unit
from faur.services.compute.public import JobOrder, submit_job
from faur.services.data.public import DatasetVersion, files_of
from faur.services.models.public import ModelVersion
from faur.services.models.public import files_of as model_files_of
from faur.services.projects.public import Allocation, may_work_in
from faur.services.trust.errors import NotRegistered, TestDataSeen, ThresholdsElsewhere
from faur.services.trust.evaluators import evaluation_spec, tabular_evaluator
from faur.services.trust.models import Evaluation, ThresholdSet

TESTABLE = frozenset({ModelVersion.State.REGISTERED, ModelVersion.State.PROMOTED})


@dataclass(frozen=True, slots=True)
class Test:
    """On what, by which bounds, at whose charge a version is tested. `dataset` may be used for evaluation."""

    __test__ = False
    dataset: DatasetVersion
    split: str
    thresholds: ThresholdSet
    allocation: Allocation


def _may(actor: Actor, version: ModelVersion) -> bool:
    return may_work_in(actor, version.model.project)


@action("trust.start_evaluation", may=_may)
def start_evaluation(actor: Actor, version: ModelVersion, *, test: Test) -> Statement[Evaluation]:
    """Start the evaluation of `version`.

    Raises:
        NotRegistered: the bytes were not screened yet, or were refused.
        TestDataSeen: training was given the same part of the same data.
        ThresholdsElsewhere: they are another project's.
        SplitMissing: the data have no such part.
        AllocationExhausted, AllocationClosed, JobTooLarge: the job cannot be ordered.
    """
    _check(version, test)
    evaluator = tabular_evaluator()
    evaluation = Evaluation(
        project=version.model.project,
        model_version=version,
        dataset_version=test.dataset,
        split=test.split,
        thresholds=test.thresholds,
        evaluator=evaluator.name,
    )
    spec = evaluation_spec(
        evaluator,
        model=model_files_of(version),
        test=files_of(test.dataset, test.split),
        parameters={"thresholds": test.thresholds.items, "slices": test.thresholds.slices},
        unit=Unit(test.allocation.unit),
    )
    order = JobOrder(title=f"Evaluate {version.title}"[:200], spec=spec, origin=evaluation.uid)
    evaluation.job = submit_job(actor, version.model.project, test.allocation, order)
    evaluation.save()
    return _statement(evaluation, evaluator.manifest)


def _check(version: ModelVersion, test: Test) -> None:
    if version.state not in TESTABLE:
        raise NotRegistered(version.state)
    if test.thresholds.project_id != version.model.project_id:
        raise ThresholdsElsewhere
    tested = {file.digest for file in files_of(test.dataset, test.split)}
    given = {digest for one in version.run.inputs.values() for digest in one.get("files", [])}
    if tested & given:
        raise TestDataSeen(test.split)


def _statement(evaluation: Evaluation, evaluator: str) -> Statement[Evaluation]:
    version, dataset = evaluation.model_version, evaluation.dataset_version
    return Statement(
        chain=evaluation.project.uid,
        subjects=[
            evaluation,
            version,
            dataset,
            Subject(evaluation.thresholds.uid, digest=evaluation.thresholds.digest),
        ],
        claims={
            "evaluation": evaluation.uid,
            "model_version": version.uid,
            "model": version.manifest,
            "dataset_version": dataset.uid,
            "dataset": dataset.manifest,
            "split": evaluation.split,
            "thresholds": evaluation.thresholds.uid,
            "evaluator": {"name": evaluation.evaluator, "manifest": evaluator},
            "job": evaluation.job.uid if evaluation.job else "",
        },
        result=evaluation,
    )
