"""A lead takes a person out of the project, with all their roles in it."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor, Role
from faur.kernel.actors.directory import withdraw
from faur.kernel.actors.models import Grant
from faur.kernel.errors import NotFound
from faur.kernel.record import Statement
from faur.services.projects import rules
from faur.services.projects.errors import LastLead
from faur.services.projects.models import Project


@action("projects.remove_member", may=rules.may_lead_project)
def remove_member(actor: Actor, project: Project, *, member: str) -> Statement[None]:
    """Take the member out.

    Raises:
        NotFound: nobody of that uid is in the project.
        LastLead: a project keeps at least one lead.
    """
    Project.objects.visible_to(actor).select_for_update().get(pk=project.pk)  # two leads cannot remove each other
    held = list(Grant.objects.in_scope(project.uid))
    theirs = [grant for grant in held if grant.user.uid == member]
    if not theirs:
        raise NotFound(member)
    if not any(grant.role == Role.LEAD for grant in held if grant not in theirs):
        raise LastLead
    for grant in theirs:
        withdraw(grant.user, Role(grant.role), project.uid)
    return Statement(
        chain=project.uid,
        subjects=[project, theirs[0].user],
        claims={"roles": sorted(grant.role for grant in theirs)},
    )
