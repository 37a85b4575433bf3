"""A version is tested as a job: on rows that training never saw, against thresholds that cannot change."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import Digest, ManifestFile
from faur.kernel.record import Statement, Subject
from faur.kernel.units import Unit
from faur.services.compute.public import JobOrder, JobSpec, submit_job
from faur.services.data.public import Purpose, files_of, version_for_use
from faur.services.models.public import ModelVersion
from faur.services.models.public import files_of as model_files_of
from faur.services.projects.public import Allocation, may_work_in
from faur.services.trust.errors import NotRegistered, TestDataSeen, ThresholdsElsewhere
from faur.services.trust.evaluators import Evaluator, evaluation_spec, tabular_evaluator
from faur.services.trust.models import Evaluation, ThresholdSet

TESTABLE = frozenset({ModelVersion.State.REGISTERED, ModelVersion.State.PROMOTED})


@dataclass(frozen=True, slots=True)
class Test:
    """On what, by which bounds, at whose charge a version is tested. `dataset` is the uid of a data set version."""

    __test__ = False
    dataset: str
    split: str
    thresholds: ThresholdSet
    allocation: Allocation


def may_evaluate(actor: Actor, version: ModelVersion) -> bool:
    return may_work_in(actor, version.model.project)


@action("trust.start_evaluation", may=may_evaluate)
def start_evaluation(actor: Actor, version: ModelVersion, *, test: Test) -> Statement[Evaluation]:
    """Start the evaluation of `version`.

    Raises:
        NotRegistered: the bytes were not screened yet, or were refused.
        TestDataSeen: training was given the same part of the same data.
        ThresholdsElsewhere: they are another project's.
        NotFound, NotPublished, ContractMissing: the project may not test on these data.
        SplitMissing: the data have no such part.
        AllocationExhausted, AllocationClosed, JobTooLarge: the job cannot be ordered.
    """
    dataset = version_for_use(actor, test.dataset, version.model.project, Purpose.EVALUATION)
    files = files_of(dataset, test.split)
    _check(version, test, {file.digest for file in files})
    evaluator = tabular_evaluator()
    evaluation = Evaluation(
        project=version.model.project,
        model_version=version,
        dataset_version=dataset,
        split=test.split,
        thresholds=test.thresholds,
        evaluator=evaluator.name,
    )
    spec = _spec(evaluator, version, test, files)
    title = _("Evaluate %(version)s") % {"version": version.title}
    order = JobOrder(title=title[:200], spec=spec, origin=evaluation.uid)
    evaluation.job = submit_job(actor, version.model.project, test.allocation, order)
    evaluation.save()
    return _statement(evaluation, evaluator.manifest)


def _spec(evaluator: Evaluator, version: ModelVersion, test: Test, files: list[ManifestFile]) -> JobSpec:
    return evaluation_spec(
        evaluator,
        model=model_files_of(version),
        test=files,
        parameters={"thresholds": test.thresholds.items, "slices": test.thresholds.slices},
        unit=Unit(test.allocation.unit),
    )


def _check(version: ModelVersion, test: Test, tested: set[Digest]) -> None:
    if version.state not in TESTABLE:
        raise NotRegistered(version.state)
    if test.thresholds.project_id != version.model.project_id:
        raise ThresholdsElsewhere
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
