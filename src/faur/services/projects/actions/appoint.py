"""An operator gives a person a role in the factory. The factory itself may, for the first operator."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor, Factory, Role
from faur.kernel.actors.directory import grant
from faur.kernel.actors.models import User
from faur.kernel.record import Statement
from faur.services.projects import rules
from faur.services.projects.errors import UnknownRole


@action("projects.appoint", may=rules.may_operate)
def appoint(actor: Actor, factory: Factory, *, user: User, role: str) -> Statement[None]:
    """Give `user` the role in the factory; giving it again changes nothing.

    Raises UnknownRole: not one of operator, evaluator, auditor.
    """
    if role not in rules.FACTORY_ROLES:
        raise UnknownRole(", ".join(rules.FACTORY_ROLES))
    grant(user, Role(role))
    return Statement(subjects=[user], claims={"role": role})
