"""The operator ends a call before its time."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.access.errors import CallClosed
from faur.services.access.models import Call
from faur.services.access.rights import may_close


@action("access.close_call", may=may_close)
def close_call(actor: Actor, call: Call) -> Statement[None]:
    """The call takes no applications any more; those handed in go on. Raises CallClosed: it was closed before."""
    call.lock()
    if call.state == Call.State.CLOSED:
        raise CallClosed(call)
    call.state = Call.State.CLOSED
    call.save(update_fields=["state"])
    return Statement(subjects=[call], claims={"call": call.uid})
