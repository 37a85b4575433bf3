"""The operator declines an application."""

from django.utils.translation import gettext as _

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Strength
from faur.services.access.errors import ApplicationInvalid, StateUnfit
from faur.services.access.models import Application
from faur.services.access.rights import may_decide


@action("access.decline", may=may_decide)
def decline(actor: Actor, application: Application, *, reason: str) -> Statement[None]:
    """Decline it, with the reason that the applicant reads.

    Raises:
        StateUnfit: it was not handed in, or is decided.
        ApplicationInvalid: a reason is needed.
    """
    application.lock()
    if not application.is_in_queue:
        raise StateUnfit(application.state)
    if not reason.strip():
        raise ApplicationInvalid({"reason": _("Say why, in a sentence.")})
    application.state = Application.State.DECLINED
    application.decline_reason = reason.strip()
    application.save(update_fields=["state", "decline_reason"])
    return Statement(
        subjects=[application, application.call],
        claims={"application": application.uid},
        strength=Strength.DECLARED,
    )
