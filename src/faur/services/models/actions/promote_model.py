"""A version is let into use: only when the record shows what must be shown."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Strength
from faur.services.models.errors import ReasonMissing, StateUnfit
from faur.services.models.gate import grounds_of
from faur.services.models.models import ModelVersion
from faur.services.projects.public import may_work_in


def may_decide(actor: Actor, version: ModelVersion) -> bool:
    return may_work_in(actor, version.model.project)


@action("models.promote_model", may=may_decide)
def promote_model(actor: Actor, version: ModelVersion, *, reason: str) -> Statement[None]:
    """Let `version` be used.

    Raises:
        ReasonMissing: a person must say why.
        StateUnfit: it is not registered.
        NotEvaluated, EvaluationFailed, ThresholdsLate, NotClassified, PurposeChanged, Prohibited, ClassificationOpen:
            what the record does not show.
    """
    _check(version, reason, ModelVersion.State.REGISTERED)
    grounds = grounds_of(version)
    for refusal in grounds.refusals():
        raise refusal
    _move(version, ModelVersion.State.REGISTERED, ModelVersion.State.PROMOTED)
    return _statement(version, reason, grounds.places())


@action("models.retire_model", may=may_decide)
def retire_model(actor: Actor, version: ModelVersion, *, reason: str) -> Statement[None]:
    """Take `version` out of use; what serves it is to be stopped by its own verb.

    Raises:
        ReasonMissing: a person must say why.
        StateUnfit: it was not promoted.
    """
    _check(version, reason, ModelVersion.State.PROMOTED)
    _move(version, ModelVersion.State.PROMOTED, ModelVersion.State.RETIRED)
    return _statement(version, reason, {})


def _check(version: ModelVersion, reason: str, state: str) -> None:
    if not reason.strip():
        raise ReasonMissing
    if version.state != state:
        raise StateUnfit(version.state)


def _move(version: ModelVersion, start: str, end: str) -> None:
    """The row decides, not what was read before: of two who try at once, one is refused."""
    if not version.move(start, end):
        raise StateUnfit(version.state)


def _statement(version: ModelVersion, reason: str, grounds: dict[str, str]) -> Statement[None]:
    return Statement(
        chain=version.model.project.uid,
        subjects=[version, version.model],
        claims={
            "model_version": version.uid,
            "manifest": version.manifest,
            "reason": reason.strip(),
            **grounds,
        },
        strength=Strength.DECLARED,
    )
