"""The page of one version: what it is, where it comes from, what stands between it and use, and the two decisions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, Refusal
from faur.portal.asking import for_people
from faur.portal.refusals import show_in_form
from faur.services.models import queries
from faur.services.models.actions.promote_model import may_decide, promote_model, retire_model
from faur.services.models.forms import ReasonForm
from faur.services.models.gate import grounds_of
from faur.services.models.models import ModelVersion
from faur.services.models.panels import version_panels
from faur.services.models.showing import missing_of
from faur.services.projects.public import build_trail
from faur.services.training.public import given_inputs

State = ModelVersion.State


@require_safe
@for_people
def model_version(request: Request, uid: str) -> HttpResponse:
    """While it is screened, the page looks again by itself."""
    found = queries.version_for(request.actor, uid)
    may = may_decide(request.actor, found)
    context: dict[str, Any] = {  # Any: read by a template
        "version": found,
        "screening": found.state == State.SCREENING,
        "files": queries.linked_files(found),
        "inputs": given_inputs(found.run),
        "missing": missing_of(grounds_of(found), found) if found.state == State.REGISTERED else None,
        "may": may,
        "trail": build_trail(request.actor, found.model.project.uid, focus=found.uid),
    }
    response = render(request, "models/version.html", context)
    if "HX-Request" in request.headers and not context["screening"]:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@for_people
def model_version_evidence(request: Request, uid: str) -> HttpResponse:
    """What later services know of a version. Its page fetches it into itself."""
    found = queries.version_for(request.actor, uid)
    context = {"version": found, "panels": version_panels.build(request.actor, found)}
    return render(request, "models/version_evidence.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def model_promote(request: Request, uid: str) -> HttpResponse:
    """Shows on what the decision rests, asks for the reason, and lets the version into use."""
    found = _to_decide(request, uid, "models.promote_model")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            promote_model(request.actor, found, **form.cleaned_data)
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("The version is promoted: it may be used."))
            return redirect("model-version", uid)
    grounds = grounds_of(found)
    context = {"version": found, "form": form, "grounds": grounds, "missing": missing_of(grounds, found)}
    return render(request, "models/version_promote.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def model_retire(request: Request, uid: str) -> HttpResponse:
    """Asks for the reason, and takes the version out of use."""
    found = _to_decide(request, uid, "models.retire_model")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            retire_model(request.actor, found, **form.cleaned_data)
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("The version is out of use."))
            return redirect("model-version", uid)
    context = {"version": found, "form": form}
    return render(request, "models/version_retire.html", context, status=422 if form.errors else 200)


def _to_decide(request: Request, uid: str, verb: str) -> ModelVersion:
    """Raises NotFound; Forbidden, where the actor may look only."""
    found = queries.version_for(request.actor, uid)
    if not may_decide(request.actor, found):
        raise Forbidden(verb)
    return found
