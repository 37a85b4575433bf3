"""A lead gives a person a role in the project."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor, Role
from faur.kernel.actors.directory import grant
from faur.kernel.actors.models import User
from faur.kernel.record import Statement
from faur.services.projects import rules
from faur.services.projects.errors import UnknownPerson, UnknownRole
from faur.services.projects.models import Project


@action("projects.add_member", may=rules.may_lead_project)
def add_member(actor: Actor, project: Project, *, email: str, role: str) -> Statement[User]:
    """Give the person with this e-mail address the role; giving it again changes nothing.

    Raises:
        UnknownRole: not one of lead, member, steward.
        UnknownPerson: nobody has this address.
    """
    if role not in rules.PROJECT_ROLES:
        raise UnknownRole(", ".join(rules.PROJECT_ROLES))
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise UnknownPerson
    grant(user, Role(role), project.uid)
    return Statement(chain=project.uid, subjects=[project, user], claims={"role": role}, result=user)
