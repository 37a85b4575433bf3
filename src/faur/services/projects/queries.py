"""Reads of projects: each a fixed number of SQL queries, whatever the rows."""

from faur.kernel.actors.actor import Actor, Role
from faur.services.projects import rules
from faur.services.projects.models import Allocation, Project


def project_visible(actor: Actor, uid: str) -> Project:
    """The project with its organisation; one query. Raises NotFound: not there, or not for this actor."""
    return Project.objects.visible_to(actor).select_related("organisation").get_by_uid(uid)


def allocation_for(actor: Actor, uid: str) -> Allocation:
    """The allocation with its project and pool; one query. Raises NotFound: not there, or not for this actor."""
    return Allocation.objects.visible_to(actor).select_related("project", "pool").get_by_uid(uid)


def may_work_in(actor: Actor, project: Project) -> bool:
    """Whether the actor may walk the road of this project: run, evaluate, register, serve."""
    return rules.may_work(actor, project.uid)


def may_steward(actor: Actor, project: Project) -> bool:
    """Whether the actor may publish data of this project and approve contracts on it."""
    return rules.may_steward(actor, project.uid)


def is_member(actor: Actor, project: Project) -> bool:
    """Whether the actor has any role in this project."""
    return actor.has_any((Role.LEAD, Role.MEMBER, Role.STEWARD), project.uid)
