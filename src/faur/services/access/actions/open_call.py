"""The operator invites applications, and ends that."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.access.errors import CallClosed, CallInvalid
from faur.services.access.models import Call
from faur.services.access.modes import modes
from faur.services.projects.public import Pool


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a call says. `max_amount` in seconds of the pool's unit; None where the operator sets no limit."""

    title: str
    mode: str
    summary: str
    terms: str
    opens_at: datetime
    closes_at: datetime
    max_amount: int | None = None


def _may_open(actor: Actor, _pool: Pool) -> bool:
    return actor.is_operator


def _may_close(actor: Actor, _call: Call) -> bool:
    return actor.is_operator


@action("access.open_call", may=_may_open)
def open_call(actor: Actor, pool: Pool, *, invitation: Invitation) -> Statement[Call]:
    """Open a call that draws on `pool`.

    Raises:
        CallInvalid: names what cannot be right.
    """
    if fields := _faults(invitation):
        raise CallInvalid(fields)
    call = Call(
        title=invitation.title.strip(),
        mode_id=invitation.mode,
        summary=invitation.summary.strip(),
        terms=invitation.terms.strip(),
        pool=pool,
        opens_at=invitation.opens_at,
        closes_at=invitation.closes_at,
        max_amount=invitation.max_amount,
    )
    call.save()
    return Statement(
        subjects=[call, pool],
        claims={
            "mode": call.mode_id,
            "pool": pool.uid,
            "terms": call.terms_digest,
            "opens_at": call.opens_at.isoformat(),
            "closes_at": call.closes_at.isoformat(),
            "max_amount": call.max_amount,
            "unit": pool.unit,
        },
        result=call,
    )


@action("access.close_call", may=_may_close)
def close_call(actor: Actor, call: Call) -> Statement[None]:
    """The call takes no applications any more; those handed in go on. Raises CallClosed: it was closed before."""
    if not Call.objects.filter(pk=call.pk, state=Call.State.OPEN).update(state=Call.State.CLOSED):
        raise CallClosed(call.title)
    call.refresh_from_db()
    return Statement(subjects=[call], claims={"call": call.uid})


def _faults(told: Invitation) -> dict[str, str]:
    faults = {}
    if not told.title.strip():
        faults["title"] = _("This is needed.")
    if told.mode not in modes():
        faults["mode"] = _("Choose from: %(known)s.") % {"known": ", ".join(modes())}
    if told.closes_at <= told.opens_at:
        faults["closes_at"] = _("The call must close after it opens.")
    if told.max_amount is not None and told.max_amount < 1:
        faults["max_amount"] = _("This must be positive, or left out.")
    return faults
