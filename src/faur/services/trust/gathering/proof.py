"""What was promised, measured, decided and declared about a model version, and where it answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from faur.kernel.actors.models import User
from faur.kernel.record import Entry
from faur.services.models.public import ModelVersion as VersionRow
from faur.services.trust.evaluation_report import results_of
from faur.services.trust.evidence import (
    Declaration,
    EarlierVersion,
    Endpoint,
    Evaluation,
    ModelFile,
    ModelVersion,
    Promotion,
    Tensor,
    Threshold,
    ThresholdCommitment,
)
from faur.services.trust.gathering.entries import Entries, ref_to
from faur.services.trust.gathering.origin import usage
from faur.services.trust.models import Declaration as DeclarationRow
from faur.services.trust.models import Evaluation as EvaluationRow

Json = Mapping[str, Any]  # Any: JSON


def model(row: VersionRow, earlier: Iterable[VersionRow], entries: Entries) -> ModelVersion | None:
    ref = entries.ref("models.accept_model", row.uid)
    if ref is None:
        return None
    signature = row.signature
    return ModelVersion(
        uid=row.uid,
        name=row.model.name,
        title=row.model.title,
        number=row.number,
        digest=row.manifest,
        format=row.format,
        ref=ref,
        files=tuple(ModelFile(file["path"], file["digest"], file["size"]) for file in row.files),
        inputs=tuple(_tensor(one) for one in signature.get("inputs", [])),
        outputs=tuple(_tensor(one) for one in signature.get("outputs", [])),
        family=str(signature.get("family", "")),
        purpose=row.model.intended_purpose,
        purpose_ref=entries.ref("models.register_model", row.model.uid),
        earlier=tuple(filter(None, (_earlier(one, entries) for one in earlier))),
    )


def commitment(evaluations: Iterable[EvaluationRow], entries: Entries) -> ThresholdCommitment | None:
    """The thresholds of the last evaluation."""
    last = next(iter(evaluations), None)
    ref = entries.ref("trust.commit_thresholds", last.thresholds.uid) if last else None
    if last is None or ref is None:
        return None
    bounds = [
        Threshold(one["metric"], one["operator"], one["value"], one.get("slice", "")) for one in last.thresholds.items
    ]
    return ThresholdCommitment(last.thresholds.title, tuple(bounds), ref)


def evaluation(row: EvaluationRow, entries: Entries) -> Evaluation | None:
    entry = entries.last("trust.finish_evaluation", row.uid)
    if entry is None or not row.results:
        return None
    return Evaluation(
        uid=row.uid,
        evaluator=row.evaluator,
        dataset=f"{row.dataset_version.title} ({row.split})",
        verdict=row.state,
        results=results_of({"results": row.results, "thresholds": row.judged}),
        ref=ref_to(entry),
        usage=usage(row.job, entries),
    )


def promotion(row: VersionRow, entries: Entries, names: Mapping[str, str]) -> Promotion | None:
    entry = entries.last("models.promote_model", row.uid)
    if entry is None:
        return None
    return Promotion(names.get(entry.actor_uid, entry.actor_uid), str(entry.claims["reason"]), ref_to(entry))


def endpoints(row: VersionRow, entries: Entries) -> tuple[Endpoint, ...]:
    """Those of this version that answered and were not stopped, as the gateway saw them."""
    stopped = {entry.claims["endpoint"] for entry in entries.all("serving.stop_endpoint")}
    names = {entry.claims["endpoint"]: entry.claims["name"] for entry in entries.all("serving.open_endpoint")}
    latest = {str(entry.claims["endpoint"]): entry for entry in entries.all("serving.endpoint_ready")}
    return tuple(
        _endpoint(uid, str(names.get(uid, uid)), entry)
        for uid, entry in latest.items()
        if uid not in stopped and entry.claims["model_version"] == row.uid
    )


def declarations(rows: Iterable[DeclarationRow], entries: Entries, names: Mapping[str, str]) -> dict[str, Declaration]:
    """The newest declaration of each item; `rows` come newest first."""
    found: dict[str, Declaration] = {}
    for row in rows:
        ref = entries.ref("trust.declare_item", row.uid)
        if ref and row.item not in found:
            found[row.item] = Declaration(row.text, names.get(row.declared_by, row.declared_by), ref, row.excuses)
    return found


def names_of(uids: Iterable[str]) -> dict[str, str]:
    """People's names by their identifiers: they stand in the file, and never in the record. One query."""
    return dict(User.objects.filter(uid__in=set(uids)).values_list("uid", "name"))


def libraries_of(row: VersionRow) -> dict[str, str]:
    """What the training program reported of its libraries, in model.json."""
    told = row.signature.get("libraries", {})
    return {str(name): str(version) for name, version in told.items()} if isinstance(told, dict) else {}


def _earlier(row: VersionRow, entries: Entries) -> EarlierVersion | None:
    ref = entries.ref("models.accept_model", row.uid)
    return EarlierVersion(row.number, row.manifest, row.state, ref) if ref else None


def _tensor(one: Json) -> Tensor:
    shape = one.get("shape", [])
    return Tensor(
        name=str(one.get("name", "")),
        kind=str(one.get("dtype") or one.get("datatype") or one.get("type") or ""),
        shape=f"[{', '.join(str(length) for length in shape)}]" if isinstance(shape, list) else str(shape),
        meaning=str(one.get("description", "")),
    )


def _endpoint(uid: str, name: str, entry: Entry) -> Endpoint:
    claims: Any = entry.claims  # Any: JSON
    told = claims.get("engine", {})
    return Endpoint(
        uid=uid,
        name=name,
        protocol=str(told.get("protocol", "")),
        engine=str(told.get("name", "")),
        hardware=str(told.get("hardware", "")),
        state="ready",
        ref=ref_to(entry),
    )
