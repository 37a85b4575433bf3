"""Who may do what in the front office."""

from faur.kernel.actors.actor import Actor, Role
from faur.services.access.models import Application, Call
from faur.services.projects.public import Organisation, Pool


def may_open(actor: Actor, _pool: Pool) -> bool:
    return actor.is_operator


def may_close(actor: Actor, _call: Call) -> bool:
    return actor.is_operator


def speaks_for(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor may apply in its name."""
    return actor.has(Role.REPRESENTATIVE, organisation.uid)


def owns(actor: Actor, application: Application) -> bool:
    """Whether the actor may change, submit or withdraw it: whoever began it, or speaks for its organisation."""
    own = bool(actor.pk) and application.applicant_id == actor.pk
    return own or speaks_for(actor, application.organisation)


def may_assess(actor: Actor, _application: Application) -> bool:
    return actor.has(Role.EVALUATOR)


def may_decide(actor: Actor, _application: Application) -> bool:
    return actor.is_operator


def reads_queue(actor: Actor) -> bool:
    """Whether the actor sees what others handed in."""
    return actor.sees_all or actor.has(Role.EVALUATOR)
