"""The evidence bundle of a project: asked for, and fetched with the words how anybody can check it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from faur.kernel.api import Request
from faur.kernel.errors import Forbidden
from faur.kernel.record.signing import signing_key
from faur.portal.asking import asked, for_people
from faur.services.projects.public import project_visible
from faur.services.trust import queries
from faur.services.trust.actions.export_evidence import export_evidence, may_export
from faur.services.trust.models import Bundle


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def bundle_new(request: Request) -> HttpResponse:
    """Says what goes into the bundle of `?project=`, and has it written."""
    project = project_visible(request.actor, asked(request, "project"))
    if not may_export(request.actor, project):
        raise Forbidden("trust.export_evidence")
    if request.method == "POST":
        return redirect("bundle", export_evidence(request.actor, project).uid)
    earlier = queries.bundles(request.actor, project=project.uid)[:10]
    return render(request, "trust/bundle_new.html", {"project": project, "earlier": earlier})


@require_safe
@for_people
def bundle(request: Request, uid: str) -> HttpResponse:
    """While it is written, the page looks again by itself."""
    found = queries.bundle(request.actor, uid)
    writing = found.state == Bundle.State.WRITING
    context = {"bundle": found, "writing": writing, "link": queries.bundle_link(found), "key": signing_key().id}
    response = render(request, "trust/bundle.html", context)
    if "HX-Request" in request.headers and not writing:
        response["HX-Refresh"] = "true"
    return response
