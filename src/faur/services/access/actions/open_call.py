"""The operator invites applications."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.access.errors import CallInvalid
from faur.services.access.models import Call
from faur.services.access.modes import modes
from faur.services.access.rights import may_open
from faur.services.access.wishes import LARGEST
from faur.services.projects.public import Pool

FIRST_YEAR, LAST_YEAR = 2020, 2100


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


@action("access.open_call", may=may_open)
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
    return Statement(subjects=[call, pool], claims=_claims(call), result=call)


def _claims(call: Call) -> dict[str, str | int | None]:
    return {
        "mode": call.mode_id,
        "pool": call.pool.uid,
        "terms": call.terms_digest,
        "opens_at": call.opens_at.isoformat(),
        "closes_at": call.closes_at.isoformat(),
        "max_amount": call.max_amount,
        "unit": call.pool.unit,
    }


def _faults(told: Invitation) -> dict[str, str]:
    faults = {}
    if not told.title.strip():
        faults["title"] = _("This is needed.")
    if told.mode not in modes():
        faults["mode"] = _("Choose from: %(known)s.") % {"known": ", ".join(modes())}
    for name, moment in (("opens_at", told.opens_at), ("closes_at", told.closes_at)):
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            faults[name] = _("This must be a year from %(first)s to %(last)s.") % {
                "first": FIRST_YEAR,
                "last": LAST_YEAR,
            }
    if "closes_at" not in faults and told.closes_at <= told.opens_at:
        faults["closes_at"] = _("The call must close after it opens.")
    if told.max_amount is not None and not 0 < told.max_amount <= LARGEST:
        faults["max_amount"] = _("This must be positive, or left out.")
    return faults
