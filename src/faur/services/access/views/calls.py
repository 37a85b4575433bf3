"""The open calls, one of them with all that an applicant wants to know, and the form that opens one."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faur.kernel.actors.actor import Actor
from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, Refusal
from faur.portal.asking import asked, for_people, shown_page
from faur.portal.refusals import show_in_form
from faur.portal.states import state_word
from faur.services.access import queries, wording
from faur.services.access.actions.close_call import close_call
from faur.services.access.actions.open_call import open_call
from faur.services.access.forms import CallForm
from faur.services.access.models import Call
from faur.services.access.questions import answered
from faur.services.access.rights import reads_queue
from faur.services.access.rules import Phase
from faur.services.projects.public import pool_for

USUALLY_OPEN = timedelta(days=180)


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Public: what is open comes first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the portal's middleware
    found = queries.calls_by_phase(actor, phase=asked(request, "state"), search=asked(request, "q"))
    context = {
        "page": shown_page(found, request),
        "phases": [(phase.value, state_word(phase).text) for phase in Phase],
        "may_open": actor.is_operator,
    }
    return render(request, "access/calls.html", context)


@require_safe
def call(request: HttpRequest, uid: str) -> HttpResponse:
    """Public: what a call is about, for whom, on what terms."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the portal's middleware
    found = queries.call(actor, uid)
    return render(request, "access/call.html", {**_told(found), **_asked(actor, found)})


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def call_new(request: Request) -> HttpResponse:
    if not request.actor.is_operator:
        raise Forbidden("access.open_call")
    pools = queries.pools_to_draw_on(request.actor)
    form = CallForm(request.POST or None, pools, initial=_usual(asked(request, "pool")))
    if request.method == "POST" and form.is_valid():
        try:
            pool = pool_for(request.actor, form.cleaned_data["pool"])
            made = open_call(request.actor, pool, invitation=form.invitation())
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("The call is published."))
            return redirect("call", made.uid)
    context = {"form": form, "pools": pools}
    return render(request, "access/call_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def call_close(request: Request, uid: str) -> HttpResponse:
    """Asks whether the call shall really end, and ends it."""
    found = queries.call(request.actor, uid)
    if not request.actor.is_operator:
        raise Forbidden("access.close_call")
    if request.method == "POST":
        close_call(request.actor, found)
        messages.success(request, _("The call is closed."))
        return redirect("call", uid)
    return render(request, "access/call_close.html", {"call": found})


def _told(found: Call) -> dict[str, object]:
    return {
        "call": found,
        "conditions": wording.who_may_apply(found.mode.terms),
        "steps": wording.how_it_is_decided(found.mode),
        "questions": [one.question for one in answered(found.mode, {})],
    }


def _asked(actor: Actor, found: Call) -> dict[str, object]:
    reads = reads_queue(actor)
    return {
        "handed_in": queries.handed_in(found) if reads else None,
        "may_close": actor.is_operator and found.state == Call.State.OPEN,
    }


def _usual(pool: str) -> dict[str, object]:
    """What most calls say: open from now on, for half a year."""
    now = timezone.localtime().replace(second=0, microsecond=0)
    return {"pool": pool, "opens_at": now, "closes_at": (now + USUALLY_OPEN).replace(hour=17, minute=0)}
