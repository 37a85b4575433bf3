"""The pages of endpoints: what answers, for whom, how often; its keys; and a form to ask it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faur.kernel.api import Request
from faur.kernel.errors import Refusal
from faur.portal.asking import asked, for_people, shown_page
from faur.portal.charts import LineChart, Series
from faur.portal.refusals import show_in_form
from faur.portal.schema_forms import SchemaForm
from faur.services.models.public import version_for
from faur.services.projects.public import build_trail, may_work_in
from faur.services.serving import queries
from faur.services.serving.actions.keys import issue_key, revoke_key
from faur.services.serving.actions.open_endpoint import open_endpoint
from faur.services.serving.actions.portal_key import portal_secret
from faur.services.serving.actions.stop_endpoint import stop_endpoint
from faur.services.serving.asking import answer_of, schema_of
from faur.services.serving.forms import EndpointForm, KeyForm
from faur.services.serving.models import Endpoint
from faur.services.serving.snippets import snippets_of


@require_safe
@for_people
def endpoints(request: Request) -> HttpResponse:
    wanted = {name: asked(request, name) for name in ("project", "state", "search")}
    page = shown_page(queries.endpoints(request.actor, **wanted), request)
    return render(request, "serving/endpoints.html", {"page": page, "states": Endpoint.State.choices})


@require_safe
@for_people
def endpoint(request: Request, uid: str) -> HttpResponse:
    found = queries.endpoint(request.actor, uid)
    context = {
        **_about(request, found),
        "keys": queries.keys_of(found),
        "usage": queries.usage_in_all(found),
        "chart": _chart(found),
        "form": KeyForm(),
        "snippets": snippets_of(found),
        "trail": build_trail(request.actor, found.project.uid, focus=found.uid),
    }
    return render(request, "serving/endpoint.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def endpoint_new(request: Request) -> HttpResponse:
    """Asks for a name, and opens the endpoint."""
    version = version_for(request.actor, asked(request, "version"))
    form = EndpointForm(request.POST or None, initial={"name": version.model.name})
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_endpoint(request.actor, version, **form.cleaned_data)
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            return redirect("endpoint", opened.uid)
    status = 422 if form.errors else 200
    return render(request, "serving/endpoint_new.html", {"form": form, "version": version}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def endpoint_stop(request: Request, uid: str) -> HttpResponse:
    """Asks first: a stopped endpoint stays stopped."""
    found = queries.endpoint(request.actor, uid)
    if request.method == "POST":
        stop_endpoint(request.actor, found)
        messages.success(request, _("The endpoint is stopped, and its keys are revoked."))
        return redirect("endpoint", uid)
    return render(request, "serving/endpoint_stop.html", {"endpoint": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def endpoint_try(request: Request, uid: str) -> HttpResponse:
    """A row by hand, and what the endpoint answers to it."""
    found = queries.endpoint(request.actor, uid)
    form = SchemaForm(schema_of(found), request.POST or None)
    answered = None
    if request.method == "POST" and form.is_valid():
        try:
            answered = answer_of(found, portal_secret(request.actor, found), form.values)
        except Refusal as refusal:
            show_in_form(refusal, form)
    context = {**_about(request, found), "form": form, "answered": answered}
    return render(request, "serving/endpoint_try.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
@for_people
def key_new(request: Request, uid: str) -> HttpResponse:
    """Issues a key and shows its secret in this very answer, which is not kept anywhere."""
    found, form = queries.endpoint(request.actor, uid), KeyForm(request.POST)
    if not form.is_valid():
        return render(request, "serving/key_new.html", {"endpoint": found, "form": form}, status=422)
    key, secret = issue_key(request.actor, found, **form.cleaned_data)
    return render(request, "serving/key_made.html", {"endpoint": found, "key": key, "secret": secret})


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def key_revoke(request: Request, uid: str) -> HttpResponse:
    """Asks first, then makes the key worthless."""
    key = queries.key(request.actor, uid)
    if request.method == "POST":
        revoke_key(request.actor, key)
        messages.success(request, _("The key opens nothing any more."))
        return redirect("endpoint", key.endpoint.uid)
    return render(request, "serving/key_revoke.html", {"key": key})


def _about(request: Request, found: Endpoint) -> dict[str, object]:
    running = found.state != Endpoint.State.STOPPED
    return {
        "endpoint": found,
        "may": may_work_in(request.actor, found.project) and running,
        "may_stop": running and (may_work_in(request.actor, found.project) or request.actor.is_operator),
        "changing": found.state == Endpoint.State.STARTING,
    }


def _chart(found: Endpoint) -> LineChart | None:
    hours = queries.usage_by_hour(found)
    if not hours:
        return None
    first = hours[0][0]
    points = [((hour - first).total_seconds() / 3600, float(requests)) for hour, requests, _errors in hours]
    return LineChart(_("Requests by hour"), [Series(_("requests"), points)], x_label=_("hours"), y_label=_("requests"))
