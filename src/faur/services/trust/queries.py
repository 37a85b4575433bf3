"""What pages and the API read of trust, in a fixed number of queries."""

from collections.abc import Iterable
from typing import Any

from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import Digest, link_token
from faur.kernel.record import places
from faur.kernel.units import Seconds
from faur.services.compute.public import program_refusal
from faur.services.projects.public import Allocation, Project, may_work_in
from faur.services.trust.answers import readable_answers
from faur.services.trust.models import (
    Bundle,
    BundleQuerySet,
    Declaration,
    DeclarationQuerySet,
    Evaluation,
    EvaluationQuerySet,
    RiskClassification,
    RiskClassificationQuerySet,
    TechnicalFile,
    TechnicalFileQuerySet,
    ThresholdSet,
    ThresholdSetQuerySet,
)
from faur.services.trust.ports import DocumentFormat
from faur.services.trust.rules import classify
from faur.services.trust.rulesets import shipped

Json = dict[str, Any]  # Any: JSON
LINK_LASTS = Seconds(3600)


def threshold_sets(actor: Actor, *, project: str = "") -> ThresholdSetQuerySet:
    rows = ThresholdSet.objects.visible_to(actor).select_related("project")
    return (rows.filter(project__uid=project) if project else rows).order_by("-pk")


def threshold_set(actor: Actor, uid: str) -> ThresholdSet:
    """Raises NotFound."""
    return threshold_sets(actor).get_by_uid(uid)


def evaluations(actor: Actor, *, project: str = "", model_version: str = "") -> EvaluationQuerySet:
    rows = Evaluation.objects.visible_to(actor).with_parties()
    if project:
        rows = rows.filter(project__uid=project)
    if model_version:
        rows = rows.filter(model_version__uid=model_version)
    return rows.order_by("-pk")


def evaluation(actor: Actor, uid: str) -> Evaluation:
    """Raises NotFound."""
    return evaluations(actor).get_by_uid(uid)


def fault_code(row: Evaluation) -> str:
    """Why nothing could be measured, for programs: what the evaluator refused, or how its job ended; else empty."""
    if row.state != Evaluation.State.ERROR or row.job is None:
        return ""
    refusal = program_refusal(row.job)
    return refusal.code if refusal else row.job.reason or "evaluation.report_unreadable"


def classifications(actor: Actor, *, project: str = "", model: str = "") -> RiskClassificationQuerySet:
    rows = RiskClassification.objects.visible_to(actor).select_related("project", "model")
    if project:
        rows = rows.filter(project__uid=project)
    if model:
        rows = rows.filter(model__uid=model)
    return rows.order_by("-pk")


def classification(actor: Actor, uid: str) -> RiskClassification:
    """Raises NotFound."""
    return classifications(actor).get_by_uid(uid)


def explained(row: RiskClassification, language: str) -> Json:
    """The classification worked out again, with reasons, citations, duties and dates in the reader's language.

    Where the rules that ship now are others than those it was made by, it says what they say to the same answers, on
    the same day: `ruleset.digest` tells. Answers that fit no question any more are left out.
    """
    ruleset = shipped()
    return classify(ruleset, readable_answers(ruleset, row.answers), row.on).described(ruleset, language)


def declarations(actor: Actor, *, project: str = "", model: str = "") -> DeclarationQuerySet:
    rows = Declaration.objects.visible_to(actor).select_related("project", "model")
    if project:
        rows = rows.filter(project__uid=project)
    if model:
        rows = rows.filter(model__uid=model)
    return rows.order_by("-pk")


def technical_files(actor: Actor, *, project: str = "", model_version: str = "") -> TechnicalFileQuerySet:
    rows = TechnicalFile.objects.visible_to(actor).select_related("project", "model_version__model__project")
    rows = rows.defer("model_version__signature", "model_version__files")
    if project:
        rows = rows.filter(project__uid=project)
    if model_version:
        rows = rows.filter(model_version__uid=model_version)
    return rows.order_by("-pk")


def technical_file(actor: Actor, uid: str) -> TechnicalFile:
    """Raises NotFound."""
    return technical_files(actor).get_by_uid(uid)


def bundles(actor: Actor, *, project: str = "") -> BundleQuerySet:
    rows = Bundle.objects.visible_to(actor).select_related("project")
    return (rows.filter(project__uid=project) if project else rows).order_by("-pk")


def bundle(actor: Actor, uid: str) -> Bundle:
    """Raises NotFound."""
    return bundles(actor).get_by_uid(uid)


def bundle_link(row: Bundle) -> str:
    """Where the bundle can be fetched for a while; empty before it is ready."""
    if row.state != Bundle.State.READY:
        return ""
    token = link_token(Digest(row.digest), LINK_LASTS, f"evidence-{row.project.uid}.zip", "application/zip")
    return f"/api/v1/bytes/{token}"


def file_link(row: TechnicalFile, kind: str) -> str:
    """Where the file can be fetched for a while in that format; empty where there is none."""
    digest = row.formats.get(kind)
    if not digest:
        return ""
    media_type = DocumentFormat(kind).media_type
    token = link_token(Digest(digest), LINK_LASTS, f"technical-file-{row.uid}.{kind}", media_type)
    return f"/api/v1/bytes/{token}"


def committed_at(row: ThresholdSet) -> tuple[str, int] | None:
    """Where in the record the commitment stands, as chain and number."""
    return places([row.uid], "trust.commit_thresholds").get(row.uid)


def committed(rows: Iterable[ThresholdSet]) -> dict[str, tuple[str, int]]:
    """Where in the record each commitment stands, as chain and number; one query."""
    return places([row.uid for row in rows], "trust.commit_thresholds")


def workable_projects(actor: Actor) -> list[Project]:
    """The active projects in which the actor may walk the road; one query."""
    rows = Project.objects.visible_to(actor).filter(uid__in=actor.projects, state="active").order_by("-pk")
    return [project for project in rows if may_work_in(actor, project)]


def usable_allocations(actor: Actor, project: Project) -> list[Allocation]:
    """The allocations of a project, with what is free on them, newest first; one query."""
    rows = Allocation.objects.visible_to(actor).filter(project=project)
    return list(rows.select_related("pool", "account", "project").order_by("-pk"))


def places_of_order(row: Evaluation) -> dict[str, tuple[str, int]]:
    """Where the commitment of the thresholds and the start of the run stand in the record; two queries."""
    run = row.model_version.run.uid
    found = {"thresholds": committed_at(row.thresholds), "run": places([run], "training.start_run").get(run)}
    return {name: place for name, place in found.items() if place is not None}


def classified_at(row: RiskClassification) -> tuple[str, int] | None:
    """Where in the record the classification stands, as chain and number; one query."""
    return places([row.uid], "trust.classify").get(row.uid)


def written_at(row: TechnicalFile) -> tuple[str, int] | None:
    """Where in the record it stands that the file was written, as chain and number; one query."""
    return places([row.uid], "trust.write_technical_file").get(row.uid)
