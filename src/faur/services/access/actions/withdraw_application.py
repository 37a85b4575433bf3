"""An applicant takes an application back."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Strength
from faur.services.access.errors import StateUnfit
from faur.services.access.models import Application
from faur.services.access.rights import owns


@action("access.withdraw_application", may=owns)
def withdraw_application(actor: Actor, application: Application) -> Statement[None]:
    """Take it back, as long as nothing was decided. Raises StateUnfit."""
    application.lock()
    if not (application.is_draft or application.is_in_queue):
        raise StateUnfit(application.state)
    application.state = Application.State.WITHDRAWN
    application.save(update_fields=["state"])
    return Statement(subjects=[application], claims={"call": application.call.uid}, strength=Strength.DECLARED)
