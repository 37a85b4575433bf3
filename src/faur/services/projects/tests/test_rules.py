"""Who may do what, as a table: one line a rule, one column a role."""

import pytest

from faur.kernel.actors.actor import ANONYMOUS, FACTORY_SCOPE, SYSTEM, Actor, Role
from faur.services.projects import rules

HERE, ELSEWHERE = "prj_here", "prj_elsewhere"


def actor(role, scope):
    return Actor(pk=7, uid="usr_x", name="X", grants=frozenset({(role, scope)}))


WHO = {
    "lead": actor(Role.LEAD, HERE),
    "member": actor(Role.MEMBER, HERE),
    "steward": actor(Role.STEWARD, HERE),
    "lead elsewhere": actor(Role.LEAD, ELSEWHERE),
    "operator": actor(Role.OPERATOR, FACTORY_SCOPE),
    "evaluator": actor(Role.EVALUATOR, FACTORY_SCOPE),
    "auditor": actor(Role.AUDITOR, FACTORY_SCOPE),
    "nobody": ANONYMOUS,
    "the factory": SYSTEM,
}
MAY = {
    rules.may_work: {"lead", "member", "the factory"},
    rules.may_steward: {"lead", "steward", "the factory"},
    rules.may_lead: {"lead", "operator", "the factory"},
    rules.may_operate: {"operator", "the factory"},
    rules.may_represent: set(WHO) - {"nobody", "the factory"},
}


@pytest.mark.parametrize("rule", MAY, ids=lambda rule: rule.__name__)
def test_who_may(rule):
    assert {name for name, who in WHO.items() if rule(who, HERE)} == MAY[rule]
