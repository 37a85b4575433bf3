"""The operator grants computing time: an award founds a project with its allocation."""

from calendar import monthrange
from datetime import date, datetime

from django.utils.timezone import localdate

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.access.errors import AmountUnfit, NotAssessed, NotFeasible, OwnApplication, StateUnfit
from faur.services.access.models import Application, Assessment, Award
from faur.services.access.rights import may_decide, owns
from faur.services.projects.public import Founded, ProjectFacts, found_project, in_words


@action("access.award", may=may_decide)
def award(actor: Actor, application: Application, *, amount: int | None, at: datetime) -> Statement[Award]:
    """Grant `amount` (what was asked for, where None), from today for the months asked for.

    Raises:
        StateUnfit: it was not handed in, or is decided.
        NotAssessed: no evaluator has said yet that it can be done.
        NotFeasible: an evaluator says that it cannot be done.
        OwnApplication: nobody grants what they asked for.
        AmountUnfit: nothing, or more than was asked for.
        PoolExhausted: the pool has not that much left.
    """
    application.lock()
    _require_assessed(actor, application)
    granted = application.amount if amount is None else amount
    unit = application.call.pool.unit
    if not 0 < granted <= application.amount:
        raise AmountUnfit(in_words(granted, unit), in_words(application.amount, unit))
    made = Award(application=application, amount=granted, decided_by=actor.uid)
    founded = _found(actor, application, made, localdate(at))
    made.project, made.allocation = founded.project, founded.allocation
    made.save()
    application.state = Application.State.AWARDED
    application.save(update_fields=["state"])
    return Statement(
        subjects=[made, application, application.call, founded.project], claims=_claims(made, unit), result=made
    )


def _claims(made: Award, unit: str) -> dict[str, str | int]:
    call = made.application.call
    return {
        "application": made.application.uid,
        "call": call.uid,
        "mode": call.mode_id,
        "project": made.project.uid,
        "allocation": made.allocation.uid,
        "amount": made.amount,
        "unit": unit,
    }


def _require_assessed(actor: Actor, application: Application) -> None:
    if application.state == Application.State.SUBMITTED:
        raise NotAssessed
    if application.state != Application.State.ASSESSED:
        raise StateUnfit(application.state)
    if owns(actor, application):
        raise OwnApplication
    if application.assessments.filter(verdict=Assessment.Result.FAIL).exists():
        raise NotFeasible


def _found(actor: Actor, application: Application, made: Award, first: date) -> Founded:
    facts = ProjectFacts(
        title=application.title,
        summary=str(application.answers.get("abstract", "")),
        organisation=application.organisation,
        lead=application.applicant,
        amount=made.amount,
        starts_on=first,
        ends_on=months_later(first, application.months),
        grown_from=(application.uid, made.uid),
    )
    return found_project(actor, application.call.pool, facts)


def months_later(first: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + year, month + 1
    return date(year, month, min(first.day, monthrange(year, month)[1]))
