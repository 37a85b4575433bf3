"""Organisations: the list, one with its size and why, and the form that works the size out before anything is kept."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from faur.kernel.actors.actor import FACTORY
from faur.kernel.api import Request
from faur.kernel.errors import Refusal
from faur.portal.asking import asked, for_people, shown_page
from faur.portal.refusals import show_in_form
from faur.services.projects import queries
from faur.services.projects.actions.register_organisation import draft, register_organisation
from faur.services.projects.explanations import explain, size_word
from faur.services.projects.forms import MOST_STAKES, OrganisationForm, StakeFormSet, stakes_of
from faur.services.projects.rules import CEILINGS


@require_safe
@for_people
def organisations(request: Request) -> HttpResponse:
    found = queries.organisations_of(request.actor, search=asked(request, "q"))
    return render(request, "projects/organisations.html", {"page": shown_page(found, request)})


@require_safe
@for_people
def organisation(request: Request, uid: str) -> HttpResponse:
    found = queries.organisations_of(request.actor).get_by_uid(uid)
    context = {
        "organisation": found,
        "lines": explain(found.sizing()),
        "projects": queries.projects_of(request.actor).filter(organisation=found)[:50],
    }
    return render(request, "projects/organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def organisation_new(request: Request) -> HttpResponse:
    """First works the size out and shows why; registers when the size that was shown is sent back.

    The button `more` adds an empty holding; nothing is kept before the last step.
    """
    form, stakes = OrganisationForm(request.POST or None), StakeFormSet(_with_room(request), prefix="stakes")
    context: dict[str, Any] = {
        "form": form,
        "stakes": stakes,
        "ceilings": [(size_word(ceiling.size), ceiling) for ceiling in CEILINGS],
    }  # Any: read by a template
    sent = request.method == "POST" and "more" not in request.POST
    if sent and form.is_valid() and stakes.is_valid():
        try:
            facts = form.facts(stakes_of(stakes))
            drafted, ties = draft(facts)
            if request.POST.get("shown") == drafted.size and "register" in request.POST:
                return redirect("organisation", register_organisation(request.actor, FACTORY, facts).uid)
            context |= {"drafted": drafted, "lines": explain(drafted.sizing(ties))}
        except Refusal as refusal:
            show_in_form(refusal, form)
    wrong = sent and (form.errors or any(stakes.errors))
    return render(request, "projects/organisation_new.html", context, status=422 if wrong else 200)


def _with_room(request: Request) -> Any:  # Any: form data, a QueryDict whose values Django leaves open
    """The data of the holdings, with one more where that was asked for."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    count = str(data.get("stakes-TOTAL_FORMS", ""))
    if "more" in data and count.isdecimal():
        data["stakes-TOTAL_FORMS"] = str(min(int(count) + 1, MOST_STAKES))
    return data
