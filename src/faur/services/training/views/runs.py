"""The list of runs, the page of one with its curves, and several side by side."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faur.kernel.api import Request
from faur.portal.asking import asked, for_people, shown_page
from faur.portal.states import state_word
from faur.services.compute.public import State, explain
from faur.services.projects.public import build_trail
from faur.services.training import queries
from faur.services.training.models import Run
from faur.services.training.rules import differing
from faur.services.training.showing import curves_of

METRICS_SHOWN = 100


@require_safe
@for_people
def runs(request: Request) -> HttpResponse:
    rows = queries.runs(
        request.actor, project=asked(request, "project"), state=asked(request, "state"), search=asked(request, "q")
    )
    states = [("active", _("not ended"))] + [(state.value, state_word(state).text) for state in State]
    shown = shown_page(rows.defer("job__spec", "job__files"), request)
    return render(request, "training/runs.html", {"page": shown, "states": states})


@require_safe
@for_people
def run(request: Request, uid: str) -> HttpResponse:
    found = queries.run_for(request.actor, uid)
    trail = build_trail(request.actor, found.project.uid, focus=found.uid)
    return render(request, "training/run.html", {**_now(found), "trail": trail})


@require_safe
@for_people
def run_now(request: Request, uid: str) -> HttpResponse:
    """What changes while a run goes on; once it has ended, the whole page is asked for anew."""
    found = queries.run_for(request.actor, uid)
    response = render(request, "training/run_now.html", _now(found))
    if found.has_ended:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@for_people
def compare(request: Request) -> HttpResponse:
    found = queries.compared(request.actor, request.GET.getlist("run")[: queries.MOST_COMPARED])
    names = differing([run.parameters for run in found])
    keys = sorted({key for run in found for key in run.tallies})[:METRICS_SHOWN]
    context = {
        "runs": found,
        "parameters": [(name, [run.parameters.get(name) for run in found]) for name in names],
        "metrics": [(key, [run.metrics.get(key) for run in found]) for key in keys],
    }
    return render(request, "training/compare.html", context)


def _now(found: Run) -> dict[str, object]:
    metrics = queries.described_metrics(found)
    return {
        "run": found,
        "job": found.job,
        "explanation": explain(found.job),
        "metrics": metrics[:METRICS_SHOWN],
        "charts": curves_of(found, {one.key: one.title for one in metrics}),
        "inputs": queries.given_inputs(found),
        "outputs": [file for file in found.job.outputs if file.path.startswith("out/")],
    }
