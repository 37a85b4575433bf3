"""The list of applications, and one from its draft to what came of it."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faur.kernel import clock
from faur.kernel.actors.actor import Actor, Role
from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, Refusal
from faur.portal.asking import asked, for_people, shown_page
from faur.portal.refusals import show_in_form
from faur.portal.states import state_word
from faur.services.access import queries
from faur.services.access.actions.submit_application import submit_application
from faur.services.access.actions.withdraw_application import withdraw_application
from faur.services.access.errors import StateUnfit
from faur.services.access.forms import ConsentForm
from faur.services.access.models import Application, ApplicationQuerySet, Assessment
from faur.services.access.questions import answered, open_questions
from faur.services.access.rights import owns, reads_queue
from faur.services.access.wording import steps
from faur.services.projects.public import Project


@require_safe
@for_people
def applications(request: Request) -> HttpResponse:
    """For evaluators and operators what waits for them, else one's own; `?whose=` shows another list."""
    actor, whose = request.actor, _whose(request)
    found = queries.narrowed(
        _LISTS[whose](actor), call=asked(request, "call"), state=asked(request, "state"), search=asked(request, "q")
    )
    context = {
        "page": shown_page(found, request),
        "whose": whose,
        "lists": _lists(actor),
        "states": [(state.value, state_word(state).text) for state in Application.State],
    }
    return render(request, "access/applications.html", context)


@require_safe
@for_people
def application(request: Request, uid: str) -> HttpResponse:
    """Where it stands, what was asked and answered, and what may be done with it."""
    found = queries.application(request.actor, uid)
    assessments = queries.assessments_of(found)
    context = {
        **_shown(request.actor, found),
        "assessments": assessments,
        "ahead": queries.ahead_of(found) if found.is_in_queue else 0,
        "project": _project(request.actor, found),
        "by_name": reads_queue(request.actor),
        "may": _open_to(request.actor, found, assessments),
    }
    return render(request, "access/application.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def application_check(request: Request, uid: str) -> HttpResponse:
    """Check your answers: the last look before it is handed in, which binds."""
    found = queries.application(request.actor, uid)
    if not owns(request.actor, found):
        raise Forbidden("access.submit_application")
    if not found.is_draft:
        raise StateUnfit(found.state)
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            submit_application(request.actor, found, at=clock.now())
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("The application is handed in."))
            return redirect("application", uid)
    context = {
        **_shown(request.actor, found),
        "form": form,
        "steps": steps(),
    }
    return render(request, "access/application_check.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def application_withdraw(request: Request, uid: str) -> HttpResponse:
    """Asks whether it shall really be taken back, and takes it back."""
    found = queries.application(request.actor, uid)
    if not owns(request.actor, found):
        raise Forbidden("access.withdraw_application")
    if request.method == "POST":
        withdraw_application(request.actor, found)
        messages.success(request, _("The application is withdrawn."))
        return redirect("application", uid)
    return render(request, "access/application_withdraw.html", {"application": found})


def _shown(actor: Actor, found: Application) -> dict[str, object]:
    return {
        "application": found,
        "call": found.call,
        "eligibility": queries.eligibility_of(found),
        "answers": answered(found.call.mode, found.answers),
        "missing": open_questions(found.call.mode, found.answers) if found.is_draft else {},
        "owns": owns(actor, found),
    }


def _project(actor: Actor, found: Application) -> Project | None:
    """The project that came of it, where the actor may see that."""
    made = getattr(found, "award", None)
    return made.project if made and (actor.sees_all or made.project.uid in actor.projects) else None


def _open_to(actor: Actor, found: Application, assessments: Sequence[Assessment]) -> set[str]:
    """What the actor may do with it now."""
    own, feasible = owns(actor, found), all(one.verdict == Assessment.Result.PASS for one in assessments)
    decides = actor.is_operator and found.is_in_queue
    allowed = {
        "submit": own and found.is_draft,
        "withdraw": own and (found.is_draft or found.is_in_queue),
        "assess": actor.has(Role.EVALUATOR) and found.is_in_queue and not own,
        "award": decides and not own and bool(assessments) and feasible,
        "decline": decides,
    }
    return {verb for verb, yes in allowed.items() if yes}


_LISTS: dict[str, Callable[[Actor], ApplicationQuerySet]] = {
    "assess": queries.to_assess,
    "decide": queries.to_decide,
    "all": queries.handed_in_applications,
    "mine": queries.own_applications,
}


def _lists(actor: Actor) -> list[tuple[str, str]]:
    """The lists that the actor has, with their names."""
    told = [
        ("assess", _("To assess"), actor.has(Role.EVALUATOR)),
        ("decide", _("To decide"), actor.is_operator),
        ("all", _("All that were handed in"), reads_queue(actor)),
        ("mine", _("My own"), True),
    ]
    return [(whose, word) for whose, word, has in told if has]


def _whose(request: Request) -> str:
    """The list that the address asks for, or the first of those that the actor has."""
    lists = [whose for whose, _word in _lists(request.actor)]
    return asked(request, "whose") if asked(request, "whose") in lists else lists[0]
