"""An evaluator says whether what was applied for can be done."""

from django.utils.translation import gettext as _

from faur.kernel import clock
from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.actors.models import User
from faur.kernel.record import Statement, Strength
from faur.services.access.errors import ApplicationInvalid, OwnApplication, StateUnfit
from faur.services.access.models import Application, Assessment
from faur.services.access.rights import may_assess, owns


@action("access.assess_application", may=may_assess)
def assess_application(
    actor: Actor, application: Application, *, verdict: Assessment.Result, comment: str
) -> Statement[None]:
    """Say whether it can be done with what was asked for; saying it again replaces what one said before.

    Raises:
        StateUnfit: it was not handed in, or is decided.
        OwnApplication: nobody assesses what they asked for.
        ApplicationInvalid: a verdict needs its reason.
    """
    application.lock()
    if not application.is_in_queue:
        raise StateUnfit(application.state)
    if owns(actor, application):
        raise OwnApplication
    if not comment.strip():
        raise ApplicationInvalid({"comment": _("Say why, in a sentence.")})
    Assessment.objects.update_or_create(
        application=application,
        evaluator=User.objects.get(pk=actor.pk),
        defaults={"verdict": verdict, "comment": comment.strip(), "created_at": clock.now()},
    )
    application.state = Application.State.ASSESSED
    application.save(update_fields=["state"])
    return Statement(
        subjects=[application, application.call],
        claims={"application": application.uid, "verdict": str(verdict)},
        strength=Strength.DECLARED,
    )
