"""An application is begun, and changed as long as it is a draft."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor, Role
from faur.kernel.actors.models import User
from faur.kernel.record import Statement, Strength
from faur.services.access.errors import ApplicationInvalid, CallClosed, StateUnfit
from faur.services.access.models import Application, Call
from faur.services.projects.public import Organisation

Json = dict[str, Any]  # Any: JSON
LARGEST = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Wish:
    """What an applicant fills in. `amount` in seconds of the pool's unit."""

    title: str
    amount: int
    months: int
    answers: Json = field(default_factory=dict)


def _speaks_for(actor: Actor, organisation: Organisation) -> bool:
    return actor.has(Role.REPRESENTATIVE, organisation.uid)


def owns(actor: Actor, application: Application) -> bool:
    """Whether the actor may change, submit or withdraw it: whoever began it, or speaks for its organisation."""
    own = bool(actor.pk) and application.applicant_id == actor.pk
    return own or _speaks_for(actor, application.organisation)


@action("access.start_application", may=_speaks_for)
def start_application(actor: Actor, organisation: Organisation, *, call: Call, wish: Wish) -> Statement[Application]:
    """Begin a draft for `call` in the name of `organisation`.

    Raises:
        CallClosed: the call takes no applications now.
        ApplicationInvalid: names what cannot be right. What is only missing is asked for at submission.
    """
    if not call.takes_applications:
        raise CallClosed(call.title)
    _check(call, wish)
    application = Application(call=call, organisation=organisation, applicant=User.objects.get(pk=actor.pk))
    _take_over(application, wish)
    return Statement(
        subjects=[application, call, organisation],
        claims={"call": call.uid},
        strength=Strength.DECLARED,
        result=application,
    )


@action("access.save_answers", may=owns)
def save_answers(actor: Actor, application: Application, *, wish: Wish) -> Statement[None]:
    """Replace what the draft says.

    Raises:
        StateUnfit: it is no draft any more.
        ApplicationInvalid: names what cannot be right.
    """
    if application.state != Application.State.DRAFT:
        raise StateUnfit(application.state)
    _check(application.call, wish)
    _take_over(application, wish)
    return Statement(subjects=[application], claims={"call": application.call.uid}, strength=Strength.DECLARED)


def _check(call: Call, wish: Wish) -> None:
    faults = {}
    if not wish.title.strip():
        faults["title"] = _("This is needed.")
    if not 0 < wish.amount <= LARGEST:
        faults["amount"] = _("Ask for a positive amount.")
    if wish.months < 1:
        faults["months"] = _("Ask for a month at least.")
    known = dict(call.mode.form["properties"].items())
    for name, value in wish.answers.items():
        if name not in known:
            faults[f"answers.{name}"] = _("The form has no such question.")
        elif value not in (None, "") and not Draft202012Validator(known[name]).is_valid(value):
            faults[f"answers.{name}"] = _("This is not an answer to the question.")
    if faults:
        raise ApplicationInvalid(faults)


def _take_over(application: Application, wish: Wish) -> None:
    application.title = wish.title.strip()
    application.amount = wish.amount
    application.months = wish.months
    application.answers = {name: value for name, value in wish.answers.items() if value not in (None, "")}
    application.save()
