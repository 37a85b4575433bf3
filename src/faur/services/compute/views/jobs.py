"""The list of jobs, and the page of one: its state, its log as it grows, what it left and what it cost."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faur.kernel.api import Request
from faur.kernel.entities import page_of
from faur.kernel.errors import Forbidden
from faur.portal.asking import asked, for_people, shown_page
from faur.portal.states import state_word
from faur.services.compute import queries
from faur.services.compute.actions.cancel_job import cancel_job, may_cancel
from faur.services.compute.models import Job
from faur.services.compute.reasons import explain
from faur.services.compute.rules import State
from faur.services.projects.public import build_trail


@require_safe
@for_people
def jobs(request: Request) -> HttpResponse:
    rows = queries.jobs(
        request.actor, project=asked(request, "project"), state=asked(request, "state"), search=asked(request, "q")
    )
    states = [("active", _("not ended"))] + [(state.value, state_word(state).text) for state in State]
    shown = shown_page(rows.defer("spec", "files"), request)
    return render(request, "compute/jobs.html", {"page": shown, "states": states})


@require_safe
@for_people
def job(request: Request, uid: str) -> HttpResponse:
    found = queries.job(request.actor, uid)
    offset = asked(request, "offset")
    log = queries.log_page(found, int(offset) if offset.isdecimal() and len(offset) < 16 else None)
    context = {
        **_now(request, found),
        "log": log,
        "stream": "" if found.has_ended else f"/api/v1/jobs/{found.uid}/events",
        "submitted_by": queries.name_of(found.submitted_by),
        "cancelled_by": queries.name_of(found.cancelled_by),
        "trail": build_trail(request.actor, found.project.uid, focus=found.origin or found.uid),
    }
    return render(request, "compute/job.html", context)


@require_safe
@for_people
def job_now(request: Request, uid: str) -> HttpResponse:
    """What changes while a job runs; once it has ended, the whole page is asked for anew."""
    found = queries.job(request.actor, uid)
    response = render(request, "compute/job_now.html", _now(request, found))
    if found.has_ended:
        response["HX-Refresh"] = "true"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def job_cancel(request: Request, uid: str) -> HttpResponse:
    """Asks whether the job shall really end, and ends it."""
    found = queries.job(request.actor, uid)
    if not may_cancel(request.actor, found):
        raise Forbidden("compute.cancel_job")
    if request.method == "POST":
        cancel_job(request.actor, found)
        messages.success(request, _("The job is being cancelled."))
        return redirect("job", uid)
    return render(request, "compute/job_cancel.html", {"job": found})


def _now(request: Request, found: Job) -> dict[str, object]:
    return {
        "job": found,
        "explanation": explain(found),
        "outputs": queries.linked_outputs(found),
        "origin_url": _origin_url(found),
        "may_cancel": not found.has_ended and found.cancel_asked_at is None and may_cancel(request.actor, found),
    }


def _origin_url(found: Job) -> str:
    """The page of the run or the evaluation that the job is for."""
    page = page_of(found.origin)
    return reverse(page, args=[found.origin]) if page else ""
