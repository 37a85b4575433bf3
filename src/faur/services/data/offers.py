"""What a person may agree to on the page of a version: for which of their projects, for which purpose, or why not."""

from collections.abc import Sequence
from dataclasses import dataclass

from faur.kernel import clock
from faur.kernel.actors.actor import Actor
from faur.services.data import queries, rules
from faur.services.data.models import Contract, DatasetVersion
from faur.services.data.rights import may_agree
from faur.services.data.rules import Purpose
from faur.services.data.wording import against, purpose_word
from faur.services.projects.public import Project

MOST_PROJECTS = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """One purpose: the contract that there is, or the value of the button that agrees, or why it cannot be."""

    purpose: str
    contract: Contract | None
    value: str
    reasons: tuple[str, ...]

    @property
    def in_force(self) -> bool:
        return self.contract is not None and self.contract.stands == Contract.State.ACTIVE


@dataclass(frozen=True, slots=True)
class Offer:
    """One of the actor's projects."""

    project: Project
    choices: tuple[Choice, ...]


def offers_on(actor: Actor, version: DatasetVersion, contracts: Sequence[Contract]) -> list[Offer]:
    """Of the actor's projects the one whose data it is, and, where the policy shares it, the others; one query."""
    if version.state != DatasetVersion.State.PUBLISHED:
        return []
    shared = rules.Permission.SHARING in version.dataset.terms.permissions
    mine = [one for one in queries.own_projects(actor) if may_agree(actor, one)]
    suited = [one for one in mine if shared or one.pk == version.dataset.project_id]
    return [_offer(project, version, contracts) for project in suited[:MOST_PROJECTS]]


def _offer(project: Project, version: DatasetVersion, contracts: Sequence[Contract]) -> Offer:
    standing = {one.purpose: one for one in contracts if one.project_id == project.pk and one.stands in _STANDING}
    return Offer(project, tuple(_choice(project, version, one, standing.get(one)) for one in Purpose))


def _choice(project: Project, version: DatasetVersion, purpose: Purpose, contract: Contract | None) -> Choice:
    own = version.dataset.project_id == project.pk
    reasons = rules.reasons_against(version.dataset.terms, purpose, own=own, on=clock.today())
    value = "" if reasons or contract else f"{project.uid}:{purpose.value}"
    return Choice(purpose_word(purpose), contract, value, tuple(against(reasons)))


_STANDING = (Contract.State.PENDING, Contract.State.ACTIVE)
