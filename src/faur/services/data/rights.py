"""Who may do what with data."""

from faur.kernel.actors.actor import Actor
from faur.services.data.models import Contract, Dataset, DatasetVersion
from faur.services.projects.public import Project, is_member, may_steward, may_work_in


def may_create(actor: Actor, project: Project) -> bool:
    """Everybody with a role in a project brings data into it."""
    return may_work_in(actor, project) or may_steward(actor, project)


def may_edit(actor: Actor, dataset: Dataset) -> bool:
    return may_create(actor, dataset.project)


def may_agree(actor: Actor, project: Project) -> bool:
    """Whether the actor may bind the project to a policy."""
    return may_work_in(actor, project)


def may_decide(actor: Actor, contract: Contract) -> bool:
    """The stewards and the leads of the project whose data it is."""
    return may_steward(actor, contract.version.dataset.project)


def only_the_factory(actor: Actor, _version: DatasetVersion) -> bool:
    return actor.is_system


def owns(actor: Actor, dataset: Dataset) -> bool:
    """Whether the data is the actor's own, so that they read all of it; those who inspect do."""
    return actor.sees_all or is_member(actor, dataset.project)
