"""What pages and the API read of trust, in a fixed number of queries."""

from typing import Any

from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import Digest, link_token
from faur.kernel.record import places
from faur.kernel.units import Seconds
from faur.services.trust.answers import read_answers
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
    rows = Evaluation.objects.visible_to(actor).select_related(
        "project", "model_version__model__project", "dataset_version__dataset", "thresholds", "job"
    )
    if project:
        rows = rows.filter(project__uid=project)
    if model_version:
        rows = rows.filter(model_version__uid=model_version)
    return rows.order_by("-pk")


def evaluation(actor: Actor, uid: str) -> Evaluation:
    """Raises NotFound."""
    return evaluations(actor).get_by_uid(uid)


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
    """The classification worked out again, with reasons, citations, duties and dates in the reader's language."""
    ruleset = shipped()
    return classify(ruleset, read_answers(ruleset, row.answers), row.on).described(ruleset, language)


def declarations(actor: Actor, *, model: str = "") -> DeclarationQuerySet:
    rows = Declaration.objects.visible_to(actor).select_related("project", "model")
    return (rows.filter(model__uid=model) if model else rows).order_by("-pk")


def technical_files(actor: Actor, *, project: str = "") -> TechnicalFileQuerySet:
    rows = TechnicalFile.objects.visible_to(actor).select_related("project", "model_version__model")
    return (rows.filter(project__uid=project) if project else rows).order_by("-pk")


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
