"""Assessing, awarding and declining: each is a page of its own that shows what it does before it does it."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faur.kernel import clock
from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, Refusal
from faur.portal.asking import for_people
from faur.portal.refusals import show_in_form
from faur.services.access import queries
from faur.services.access.actions.assess_application import assess_application
from faur.services.access.actions.award import award, months_later
from faur.services.access.actions.decline import decline
from faur.services.access.errors import StateUnfit
from faur.services.access.forms import AssessmentForm, AwardForm, Form, ReasonForm
from faur.services.access.models import Application, Assessment
from faur.services.access.rights import may_assess, may_decide


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def application_assess(request: Request, uid: str) -> HttpResponse:
    found = _in_queue(request, uid)
    if not may_assess(request.actor, found):
        raise Forbidden("access.assess_application")
    form = AssessmentForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            verdict = Assessment.Result(given["verdict"])
            assess_application(request.actor, found, verdict=verdict, comment=given["comment"])
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("Your assessment is kept."))
            return redirect("application", uid)
    return _page(request, "access/application_assess.html", found, form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def application_award(request: Request, uid: str) -> HttpResponse:
    found = _in_queue(request, uid)
    if not may_decide(request.actor, found):
        raise Forbidden("access.award")
    form = AwardForm(_sent(request), found)
    if request.method == "POST" and form.is_valid():
        try:
            made = award(request.actor, found, amount=form.amount, at=clock.now())
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("The award founded the project."))
            return redirect("project", made.project.uid)
    return _page(request, "access/application_award.html", found, form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def application_decline(request: Request, uid: str) -> HttpResponse:
    found = _in_queue(request, uid)
    if not may_decide(request.actor, found):
        raise Forbidden("access.decline")
    form = ReasonForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            decline(request.actor, found, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("The application is declined."))
            return redirect("application", uid)
    return _page(request, "access/application_decline.html", found, form)


def _in_queue(request: Request, uid: str) -> Application:
    """Raises NotFound; StateUnfit: it was not handed in, or is decided."""
    found = queries.application(request.actor, uid)
    if not found.is_in_queue:
        raise StateUnfit(found.state)
    return found


def _page(request: Request, template: str, found: Application, form: Form) -> HttpResponse:
    context = {
        "application": found,
        "form": form,
        "pool": queries.pool_of(found),
        "ends_on": months_later(clock.today(), found.months),
        "eligibility": queries.eligibility_of(found),
        "assessments": queries.assessments_of(found),
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _sent(request: Request) -> QueryDict | None:
    """What was filled in; an empty form that was sent is still one."""
    return request.POST if request.method == "POST" else None
