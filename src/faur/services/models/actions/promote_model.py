"""A version is let into use: only when the record shows what must be shown."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.errors import Refusal
from faur.kernel.record import Statement, Strength, entries_about
from faur.services.models.errors import (
    EvaluationFailed,
    NotClassified,
    NotEvaluated,
    Prohibited,
    ReasonMissing,
    StateUnfit,
    ThresholdsLate,
)
from faur.services.models.gate import EVALUATED, gaps_of, grounds_of
from faur.services.models.models import ModelVersion
from faur.services.models.rules import Gap
from faur.services.projects.public import may_work_in

REFUSALS: dict[Gap, type[Refusal]] = {
    Gap.NOT_EVALUATED: NotEvaluated,
    Gap.THRESHOLDS_LATE: ThresholdsLate,
    Gap.NOT_CLASSIFIED: NotClassified,
    Gap.PROHIBITED: Prohibited,
}


def _may(actor: Actor, version: ModelVersion) -> bool:
    return may_work_in(actor, version.model.project)


@action("models.promote_model", may=_may)
def promote_model(actor: Actor, version: ModelVersion, *, reason: str) -> Statement[None]:
    """Let `version` be used.

    Raises:
        StateUnfit: it is not registered.
        NotEvaluated, EvaluationFailed, ThresholdsLate, NotClassified, Prohibited: what the record does not show.
        ReasonMissing: a person must say why.
    """
    if not reason.strip():
        raise ReasonMissing
    if version.state != ModelVersion.State.REGISTERED:
        raise StateUnfit(version.state)
    for gap in gaps_of(version):
        raise _refusal(gap, version)
    version.state = ModelVersion.State.PROMOTED
    version.save(update_fields=["state"])
    return _statement(version, reason)


@action("models.retire_model", may=_may)
def retire_model(actor: Actor, version: ModelVersion, *, reason: str) -> Statement[None]:
    """Take `version` out of use; what serves it is to be stopped by its own verb.

    Raises:
        StateUnfit: it was not promoted.
        ReasonMissing: a person must say why.
    """
    if not reason.strip():
        raise ReasonMissing
    if version.state != ModelVersion.State.PROMOTED:
        raise StateUnfit(version.state)
    version.state = ModelVersion.State.RETIRED
    version.save(update_fields=["state"])
    return _statement(version, reason)


def _refusal(gap: Gap, version: ModelVersion) -> Refusal:
    if gap is Gap.EVALUATION_FAILED:
        last = entries_about(version.manifest, EVALUATED).last()
        return EvaluationFailed(str(last.claims.get("verdict")) if last else "")
    return REFUSALS[gap]()  # type: ignore[call-arg]  # those in the table say all by themselves


def _statement(version: ModelVersion, reason: str) -> Statement[None]:
    return Statement(
        chain=version.model.project.uid,
        subjects=[version, version.model],
        claims={
            "model_version": version.uid,
            "manifest": version.manifest,
            "reason": reason.strip(),
            **grounds_of(version),
        },
        strength=Strength.DECLARED,
    )
