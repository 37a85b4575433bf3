"""An application is begun, as a draft that only its own people see."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.actors.models import User
from faur.kernel.record import Statement, Strength
from faur.services.access.errors import CallClosed
from faur.services.access.models import Application, Call
from faur.services.access.rights import speaks_for
from faur.services.access.wishes import Wish, require_sound, take_over
from faur.services.projects.public import Organisation


@action("access.start_application", may=speaks_for)
def start_application(actor: Actor, organisation: Organisation, *, call: Call, wish: Wish) -> Statement[Application]:
    """Begin a draft for `call` in the name of `organisation`.

    Raises:
        CallClosed: the call takes no applications now.
        ApplicationInvalid: names what cannot be right. What is only missing is asked for at submission.
    """
    if not call.takes_applications:
        raise CallClosed(call)
    require_sound(call, wish)
    application = Application(call=call, organisation=organisation, applicant=User.objects.get(pk=actor.pk))
    take_over(application, wish)
    return Statement(
        subjects=[application, call, organisation],
        claims={"call": call.uid},
        strength=Strength.DECLARED,
        result=application,
    )
