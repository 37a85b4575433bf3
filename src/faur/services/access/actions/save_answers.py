"""An application is changed as long as it is a draft."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Strength
from faur.services.access.errors import StateUnfit
from faur.services.access.models import Application
from faur.services.access.rights import owns
from faur.services.access.wishes import Wish, require_sound, take_over


@action("access.save_answers", may=owns)
def save_answers(actor: Actor, application: Application, *, wish: Wish) -> Statement[None]:
    """Replace what the draft says.

    Raises:
        StateUnfit: it is no draft any more.
        ApplicationInvalid: names what cannot be right.
    """
    application.lock()
    if not application.is_draft:
        raise StateUnfit(application.state)
    require_sound(application.call, wish)
    take_over(application, wish)
    return Statement(subjects=[application], claims={"call": application.call.uid}, strength=Strength.DECLARED)
