"""People and their roles in the factory, for operators; auditors may look."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faur.kernel.actors.actor import FACTORY
from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, Refusal
from faur.portal.asking import asked, for_people, shown_page
from faur.portal.refusals import show_in_form
from faur.services.projects import queries, rules
from faur.services.projects.actions.appoint import appoint
from faur.services.projects.actions.dismiss import dismiss
from faur.services.projects.forms import AppointmentForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def people(request: Request) -> HttpResponse:
    """Who has an account, who has a role; an operator appoints here."""
    found = queries.people(request.actor, search=asked(request, "q"))
    form = AppointmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = queries.person_by_email(request.actor, form.cleaned_data["email"])
            appoint(request.actor, FACTORY, user=user, role=form.cleaned_data["role"])
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("%(name)s has the role now.") % {"name": user.name})
            return redirect("people")
    context = {
        "page": shown_page(found, request),
        "appointed": queries.appointments(request.actor),
        "form": form,
        "may_appoint": rules.may_operate(request.actor, FACTORY),
    }
    return render(request, "projects/people.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def role(request: Request, uid: str, role: str) -> HttpResponse:
    """Asks first, then takes the role away."""
    user = queries.person(request.actor, uid)
    held = queries.appointment(user, role)
    if not rules.may_operate(request.actor, FACTORY):
        raise Forbidden("projects.dismiss")
    if request.method == "POST":
        dismiss(request.actor, FACTORY, user=user, role=role)
        messages.success(request, _("%(name)s no longer has the role.") % {"name": user.name})
        return redirect("people")
    return render(request, "projects/role.html", {"held": held})
