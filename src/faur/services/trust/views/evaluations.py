"""The form that starts an evaluation, and its page: the verdict, every bound, every figure, every plot."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, Refusal
from faur.portal.asking import asked, for_people
from faur.portal.refusals import show_in_form
from faur.services.models.public import version_for
from faur.services.projects.public import build_trail, may_work_in
from faur.services.trust import queries
from faur.services.trust.actions.start_evaluation import TESTABLE, may_evaluate, start_evaluation
from faur.services.trust.choices import choices_for
from faur.services.trust.errors import NotRegistered
from faur.services.trust.forms import EvaluationForm
from faur.services.trust.models import Evaluation
from faur.services.trust.showing import charts_of, groups_of, judged_of, plots_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def evaluation_new(request: Request) -> HttpResponse:
    """Starts an evaluation of `?version=`; where something is missing for one, says what."""
    version = version_for(request.actor, asked(request, "version"))
    if not may_evaluate(request.actor, version):
        raise Forbidden("trust.start_evaluation")
    if version.state not in TESTABLE:
        raise NotRegistered(version.state)
    choices = choices_for(request.actor, version)
    form = EvaluationForm(
        request.POST or None, parts=choices.parts, thresholds=choices.thresholds, allocations=choices.allocations
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("evaluation", start_evaluation(request.actor, version, test=form.test).uid)
        except Refusal as refusal:
            show_in_form(refusal, form)
    context = {"version": version, "choices": choices, "form": form, "held": choices.held}
    return render(request, "trust/evaluation_new.html", context, status=422 if form.errors else 200)


@require_safe
@for_people
def evaluation(request: Request, uid: str) -> HttpResponse:
    """While it runs, the page looks again by itself."""
    found = queries.evaluation(request.actor, uid)
    running = found.state == Evaluation.State.RUNNING
    judged = judged_of(found)
    context = {
        "evaluation": found,
        "running": running,
        "judged": judged,
        "charts": charts_of(judged),
        "groups": groups_of(found),
        "plots": plots_of(found),
        "places": queries.places_of_order(found),
        "may": may_work_in(request.actor, found.project),
        "trail": build_trail(request.actor, found.project.uid, focus=found.uid),
    }
    response = render(request, "trust/evaluation.html", context)
    if "HX-Request" in request.headers and not running:
        response["HX-Refresh"] = "true"
    return response
