"""The form of an application: what every one says, and the questions of its mode; kept as a draft."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, Refusal
from faur.portal.asking import asked, for_people
from faur.portal.refusals import show_in_form
from faur.portal.several_forms import SeveralForms
from faur.services.access import queries
from faur.services.access.actions.save_answers import save_answers
from faur.services.access.actions.start_application import start_application
from faur.services.access.errors import CallClosed, StateUnfit
from faur.services.access.forms import AnswersForm, WishForm
from faur.services.access.models import Application, Call
from faur.services.access.rights import owns
from faur.services.access.wording import steps
from faur.services.projects.public import Organisation, organisation_for


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def application_new(request: Request) -> HttpResponse:
    """`?call=` says for which call."""
    call = queries.call(request.actor, asked(request, "call"))
    if not call.takes_applications:
        raise CallClosed(call)
    organisations = queries.represented(request.actor)
    if not organisations:
        return render(request, "access/application_new.html", {"call": call})
    forms = _forms(request, call, organisations)
    if _are_valid(request, *forms):
        wish, answers = forms
        try:
            organisation = organisation_for(request.actor, wish.cleaned_data["organisation"])
            made = start_application(request.actor, organisation, call=call, wish=wish.wish(answers.values))
        except Refusal as refusal:
            _show(refusal, *forms)
        else:
            return _kept(request, made)
    return _page(request, call, None, *forms)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def application_edit(request: Request, uid: str) -> HttpResponse:
    """Changes a draft."""
    found = queries.application(request.actor, uid)
    if not owns(request.actor, found):
        raise Forbidden("access.save_answers")
    if not found.is_draft:
        raise StateUnfit(found.state)
    forms = _forms(request, found.call, [found.organisation], WishForm.said(found), found.answers)
    if _are_valid(request, *forms):
        wish, answers = forms
        try:
            save_answers(request.actor, found, wish=wish.wish(answers.values, found.amount))
        except Refusal as refusal:
            _show(refusal, *forms)
        else:
            return _kept(request, found)
    return _page(request, found.call, found, *forms)


def _forms(
    request: Request,
    call: Call,
    organisations: list[Organisation],
    said: Mapping[str, object] | None = None,
    answers: Mapping[str, Any] | None = None,  # Any: JSON
) -> tuple[WishForm, AnswersForm]:
    data = request.POST or None
    return WishForm(data, call, organisations, said), AnswersForm(call.mode, data, answers, draft=_only_keeps(request))


def _only_keeps(request: Request) -> bool:
    return "keep" in request.POST


def _are_valid(request: Request, wish: WishForm, answers: AnswersForm) -> bool:
    return request.method == "POST" and wish.is_valid() & answers.is_valid()


def _show(refusal: Refusal, wish: WishForm, answers: AnswersForm) -> None:
    """What was refused, beside the fields of both forms."""
    show_in_form(refusal, wish)
    said = {name.removeprefix("answers."): wrong for name, wrong in refusal.fields.items()}
    for name in said.keys() & answers.fields.keys():
        answers.add_error(name, said[name])


def _kept(request: Request, application: Application) -> HttpResponse:
    if not _only_keeps(request):
        return redirect("application-check", application.uid)
    messages.success(request, _("The draft is kept. Nobody but your organisation and the operator sees it."))
    return redirect("application", application.uid)


def _page(
    request: Request, call: Call, application: Application | None, wish: WishForm, answers: AnswersForm
) -> HttpResponse:
    form = SeveralForms(wish, answers)
    context = {"call": call, "application": application, "wish": wish, "answers": answers, "form": form}
    status = 422 if form.errors else 200
    return render(request, "access/application_edit.html", {**context, "steps": steps()}, status=status)
