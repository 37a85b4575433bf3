"""The pages of endpoints: what answers, for whom, how often; its keys; and a form to ask it."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faur.kernel import clock
from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, Refusal
from faur.portal.asking import asked, for_people, shown_page
from faur.portal.charts import LineChart, Series
from faur.portal.refusals import show_in_form
from faur.portal.schema_forms import SchemaForm
from faur.portal.states import state_word
from faur.services.models.public import version_for
from faur.services.projects.public import build_trail
from faur.services.serving import queries
from faur.services.serving.actions.keys import issue_key, may_issue, may_revoke, revoke_key
from faur.services.serving.actions.open_endpoint import may_open, open_endpoint
from faur.services.serving.actions.portal_key import portal_secret
from faur.services.serving.actions.stop_endpoint import may_stop, stop_endpoint
from faur.services.serving.asking import answer_of, schema_of
from faur.services.serving.forms import EndpointForm, KeyForm
from faur.services.serving.models import Endpoint
from faur.services.serving.snippets import snippets_of


@require_safe
@for_people
def endpoints(request: Request) -> HttpResponse:
    rows = queries.endpoints(
        request.actor, project=asked(request, "project"), state=asked(request, "state"), search=asked(request, "q")
    )
    states = [(state.value, state_word(state).text) for state in Endpoint.State]
    return render(request, "serving/endpoints.html", {"page": shown_page(rows, request), "states": states})


@require_safe
@for_people
def endpoint(request: Request, uid: str) -> HttpResponse:
    """While the engine loads the model, the page looks again by itself."""
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
    response = render(request, "serving/endpoint.html", context)
    if "HX-Request" in request.headers and found.state != Endpoint.State.STARTING:
        response["HX-Refresh"] = "true"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def endpoint_new(request: Request) -> HttpResponse:
    """Asks for a name, and opens the endpoint."""
    version = version_for(request.actor, asked(request, "version"))
    if not may_open(request.actor, version):
        raise Forbidden("serving.open_endpoint")
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
    if not may_stop(request.actor, found):
        raise Forbidden("serving.stop_endpoint")
    if request.method == "POST":
        stop_endpoint(request.actor, found)
        messages.success(request, _("The endpoint is stopped, and its keys are revoked."))
        return redirect("endpoint", uid)
    return render(request, "serving/endpoint_stop.html", {"endpoint": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def endpoint_try(request: Request, uid: str) -> HttpResponse:
    """A row by hand, what the endpoint answers to it, and the same request for a program."""
    found = queries.endpoint(request.actor, uid)
    if not may_issue(request.actor, found):
        raise Forbidden("serving.issue_portal_key")
    form = SchemaForm(schema_of(found), request.POST or None)
    answered, values = None, None
    if request.method == "POST" and form.is_valid():
        values = form.values
        try:
            answered = answer_of(found, portal_secret(request.actor, found), values)
        except Refusal as refusal:
            show_in_form(refusal, form)
    context = {**_about(request, found), "form": form, "answered": answered, "snippets": snippets_of(found, values)}
    return render(request, "serving/endpoint_try.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
@for_people
def key_new(request: Request, uid: str) -> HttpResponse:
    """Issues a key and shows its secret in this very answer, which is not kept anywhere."""
    found, form = queries.endpoint(request.actor, uid), KeyForm(request.POST)
    if form.is_valid():
        try:
            key, secret = issue_key(request.actor, found, **form.cleaned_data)
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            return render(request, "serving/key_made.html", {"endpoint": found, "key": key, "secret": secret})
    return render(request, "serving/key_new.html", {"endpoint": found, "form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def key_revoke(request: Request, uid: str) -> HttpResponse:
    """Asks first, then makes the key worthless."""
    key = queries.key(request.actor, uid)
    if not may_revoke(request.actor, key):
        raise Forbidden("serving.revoke_key")
    if request.method == "POST":
        revoke_key(request.actor, key)
        messages.success(request, _("The key opens nothing any more."))
        return redirect("endpoint", key.endpoint.uid)
    return render(request, "serving/key_revoke.html", {"key": key})


def _about(request: Request, found: Endpoint) -> dict[str, object]:
    running = found.state != Endpoint.State.STOPPED
    return {
        "endpoint": found,
        "may": running and may_issue(request.actor, found),
        "may_stop": running and may_stop(request.actor, found),
        "changing": found.state == Endpoint.State.STARTING,
    }


def _chart(found: Endpoint) -> LineChart | None:
    """The requests of the last day, hour by hour; None where there were none."""
    counted = {hour: (requests, errors) for hour, requests, errors in queries.usage_by_hour(found)}
    if not counted:
        return None
    this_hour = clock.now().replace(minute=0, second=0, microsecond=0)
    hours = [(ago, this_hour + timedelta(hours=ago)) for ago in range(1 - queries.HOURS, 1)]
    lines = [
        Series(name, [(float(ago), float(counted.get(hour, (0, 0))[column])) for ago, hour in hours])
        for column, name in enumerate((_("requests"), _("of which failed")))
    ]
    return LineChart(_("Requests by hour, last 24 hours"), lines, x_label=_("Hours ago"), y_label=_("requests"))
