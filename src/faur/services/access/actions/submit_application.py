"""An applicant hands in a finished draft; from here on the clock of its access mode runs."""

from datetime import datetime

from django.utils.translation import gettext as _

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Strength
from faur.services.access import rules, wording
from faur.services.access.actions.write_application import owns
from faur.services.access.errors import ApplicationIncomplete, CallClosed, NotEligible, StateUnfit
from faur.services.access.models import Application
from faur.services.access.modes import associations


@action("access.submit_application", may=owns)
def submit_application(actor: Actor, application: Application, *, at: datetime) -> Statement[None]:
    """Submit `application` to its call, agreeing to its terms, and give it the next place in the queue.

    Raises:
        StateUnfit: it is no draft any more.
        CallClosed: the call takes no applications now.
        ApplicationIncomplete: names the questions still open.
        NotEligible: a rule says no; each says why.
    """
    call = application.call
    if application.state != Application.State.DRAFT:
        raise StateUnfit(application.state)
    if not call.takes_applications:
        raise CallClosed(call.title, call.opens_at if at < call.opens_at else None)
    if still_open := rules.open_questions(call.mode.form, application.answers):
        raise ApplicationIncomplete({f"answers.{name}": _("This is needed.") for name in still_open})
    answers = rules.eligibility(application.facts(at), call.mode.terms, associations())
    if rules.verdict_of(answers) is rules.Verdict.NO:
        raise NotEligible(wording.refusals(answers))
    _hand_in(application, at, wording.kept(answers))
    return Statement(
        subjects=[application, call, application.organisation],
        claims={
            "call": call.uid,
            "mode": call.mode_id,
            "place": application.place,
            "terms": application.terms_agreed,
            "amount": application.amount,
            "unit": call.pool.unit,
            "eligibility": [{"rule": one["rule"], "answer": one["answer"]} for one in application.eligibility],
        },
        strength=Strength.OBSERVED,
    )


@action("access.withdraw_application", may=owns)
def withdraw_application(actor: Actor, application: Application) -> Statement[None]:
    """Take it back, as long as nothing was decided. Raises StateUnfit."""
    undecided = (Application.State.DRAFT, Application.State.SUBMITTED, Application.State.ASSESSED)
    rows = Application.objects.filter(pk=application.pk, state__in=undecided)
    if not rows.update(state=Application.State.WITHDRAWN):
        raise StateUnfit(application.state)
    application.refresh_from_db(fields=["state"])
    return Statement(subjects=[application], claims={"call": application.call.uid}, strength=Strength.DECLARED)


def _hand_in(application: Application, at: datetime, eligibility: list[dict[str, str]]) -> None:
    application.state = Application.State.SUBMITTED
    application.submitted_at = at
    application.place = application.call.next_place()
    application.terms_agreed = application.call.terms_digest
    application.eligibility = eligibility
    application.save()
