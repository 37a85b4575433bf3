"""An operator takes a role in the factory away from a person."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import FACTORY_SCOPE, Actor, Factory, Role
from faur.kernel.actors.directory import withdraw
from faur.kernel.actors.models import Grant, User
from faur.kernel.record import Statement
from faur.services.projects import rules
from faur.services.projects.errors import LastOperator, UnknownRole


@action("projects.dismiss", may=rules.may_operate)
def dismiss(actor: Actor, factory: Factory, *, user: User, role: str) -> Statement[None]:
    """Take the role away; taking what is not there changes nothing.

    Raises:
        UnknownRole: not one of operator, evaluator, auditor.
        LastOperator: a factory keeps at least one operator.
    """
    if role not in rules.FACTORY_ROLES:
        raise UnknownRole(", ".join(rules.FACTORY_ROLES))
    operators = Grant.objects.in_scope(FACTORY_SCOPE).select_for_update(of=("self",)).filter(role=Role.OPERATOR)
    if role == Role.OPERATOR and {grant.user_id for grant in operators} == {user.pk}:
        raise LastOperator
    withdraw(user, Role(role))
    return Statement(subjects=[user], claims={"role": role})
