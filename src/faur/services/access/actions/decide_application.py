"""Evaluators assess, the operator awards or declines; an award founds a project with its allocation."""

from calendar import monthrange
from datetime import date, datetime

from django.utils.translation import gettext as _

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor, Role
from faur.kernel.actors.models import User
from faur.kernel.record import Statement, Strength
from faur.services.access.errors import AmountTooLarge, ApplicationInvalid, NotAssessed, OwnApplication, StateUnfit
from faur.services.access.models import Application, Assessment, Award
from faur.services.projects.public import Founded, ProjectFacts, found_project, in_words

State = Application.State


def _may_assess(actor: Actor, _application: Application) -> bool:
    return actor.has(Role.EVALUATOR)


def _may_decide(actor: Actor, _application: Application) -> bool:
    return actor.is_operator


@action("access.assess_application", may=_may_assess)
def assess_application(
    actor: Actor, application: Application, *, verdict: Assessment.Result, comment: str
) -> Statement[None]:
    """Say whether it can be done with what was asked for.

    Raises:
        StateUnfit: it was not handed in, or is decided.
        OwnApplication: nobody assesses what they asked for.
        ApplicationInvalid: a verdict needs its reason.
    """
    if application.state not in {State.SUBMITTED, State.ASSESSED}:
        raise StateUnfit(application.state)
    if application.applicant_id == actor.pk:
        raise OwnApplication
    if not comment.strip():
        raise ApplicationInvalid({"comment": _("Say why, in a sentence.")})
    Assessment.objects.update_or_create(
        application=application,
        evaluator=User.objects.get(pk=actor.pk),
        defaults={"verdict": verdict, "comment": comment.strip()},
    )
    application.state = State.ASSESSED
    application.save(update_fields=["state"])
    return Statement(
        subjects=[application, application.call],
        claims={"application": application.uid, "verdict": str(verdict)},
        strength=Strength.DECLARED,
    )


@action("access.award", may=_may_decide)
def award(actor: Actor, application: Application, *, amount: int | None, at: datetime) -> Statement[Award]:
    """Grant `amount` (what was asked for, where None), from today for the months asked for.

    Raises:
        StateUnfit: it was not assessed, or is decided.
        NotAssessed: the last word of the evaluators is not that it can be done.
        OwnApplication: nobody grants what they asked for.
        AmountTooLarge: more than was asked for.
        PoolExhausted: the pool has not that much left.
    """
    _require_assessed(actor, application)
    granted = application.amount if amount is None else amount
    unit = application.call.pool.unit
    if granted > application.amount or granted < 1:
        raise AmountTooLarge(in_words(granted, unit), in_words(application.amount, unit))
    made = Award(application=application, amount=granted, decided_by=actor.uid)
    founded = _found(actor, application, made, at.date())
    made.project, made.allocation = founded.project, founded.allocation
    made.save()
    application.state = State.AWARDED
    application.save(update_fields=["state"])
    return Statement(
        subjects=[made, application, application.call, founded.project],
        claims={
            "application": application.uid,
            "call": application.call.uid,
            "mode": application.call.mode_id,
            "project": founded.project.uid,
            "allocation": founded.allocation.uid,
            "amount": granted,
            "unit": unit,
        },
        result=made,
    )


@action("access.decline", may=_may_decide)
def decline(actor: Actor, application: Application, *, reason: str) -> Statement[None]:
    """Decline it, with the reason that the applicant reads.

    Raises:
        StateUnfit: it was not handed in, or is decided.
        ApplicationInvalid: a reason is needed.
    """
    if application.state not in {State.SUBMITTED, State.ASSESSED}:
        raise StateUnfit(application.state)
    if not reason.strip():
        raise ApplicationInvalid({"reason": _("Say why, in a sentence.")})
    application.state = State.DECLINED
    application.decline_reason = reason.strip()
    application.save(update_fields=["state", "decline_reason"])
    return Statement(
        subjects=[application, application.call],
        claims={"application": application.uid},
        strength=Strength.DECLARED,
    )


def _require_assessed(actor: Actor, application: Application) -> None:
    if application.state == State.SUBMITTED:
        raise NotAssessed
    if application.state != State.ASSESSED:
        raise StateUnfit(application.state)
    if application.applicant_id == actor.pk:
        raise OwnApplication
    verdicts = set(application.assessments.values_list("verdict", flat=True))
    if verdicts != {Assessment.Result.PASS.value}:
        raise NotAssessed


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
