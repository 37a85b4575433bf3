"""An applicant hands in a finished draft; from here on the clock of its access mode runs."""

from datetime import datetime

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import JSON, Statement
from faur.services.access import rules, wording
from faur.services.access.errors import ApplicationIncomplete, CallClosed, NotEligible, StateUnfit
from faur.services.access.models import Application
from faur.services.access.modes import associations
from faur.services.access.questions import open_questions
from faur.services.access.rights import owns


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
    call.lock()
    application.lock()
    if not application.is_draft:
        raise StateUnfit(application.state)
    if call.phase_at(at) is not rules.Phase.OPEN:
        raise CallClosed(call)
    if still_open := open_questions(call.mode, application.answers):
        raise ApplicationIncomplete(still_open)
    answers = rules.eligibility(application.facts(at), call.mode.terms, associations())
    if rules.verdict_of(answers) is rules.Verdict.NO:
        raise NotEligible(wording.refusals(answers))
    _hand_in(application, at, wording.kept(answers))
    return Statement(subjects=[application, call, application.organisation], claims=_claims(application))


def _claims(application: Application) -> dict[str, JSON]:
    call = application.call
    return {
        "call": call.uid,
        "mode": call.mode_id,
        "place": application.place,
        "terms": application.terms_agreed,
        "amount": application.amount,
        "unit": call.pool.unit,
        "eligibility": [{"rule": one["rule"], "answer": one["answer"]} for one in application.eligibility],
    }


def _hand_in(application: Application, at: datetime, eligibility: list[dict[str, str]]) -> None:
    application.state = Application.State.SUBMITTED
    application.submitted_at = at
    application.place = application.call.next_place()
    application.terms_agreed = application.call.terms_digest
    application.eligibility = eligibility
    application.save()
