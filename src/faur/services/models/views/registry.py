"""The list of models, the page of one, and the form by which what a run made becomes a version."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, Refusal
from faur.portal.asking import asked, for_people, shown_page
from faur.portal.refusals import show_in_form
from faur.services.models import queries
from faur.services.models.actions.register_model import has_model, may_register, register_model
from faur.services.models.errors import RunHasNoModel
from faur.services.models.forms import RegisterForm
from faur.services.models.panels import model_panels
from faur.services.projects.public import build_trail
from faur.services.training.public import Run, run_for


@require_safe
@for_people
def models(request: Request) -> HttpResponse:
    rows = queries.models(request.actor, project=asked(request, "project"), search=asked(request, "q"))
    return render(request, "models/models.html", {"page": shown_page(rows, request)})


@require_safe
@for_people
def model(request: Request, uid: str) -> HttpResponse:
    found = queries.model(request.actor, uid)
    context = {
        "model": found,
        "versions": queries.versions_of(found),
        "panels": model_panels.build(request.actor, found),
        "trail": build_trail(request.actor, found.project.uid, focus=found.uid),
    }
    return render(request, "models/model.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def model_register(request: Request) -> HttpResponse:
    """Registers what `?run=` made; a project that has a model already is offered its name."""
    run = run_for(request.actor, asked(request, "run"))
    if not may_register(request.actor, run):
        raise Forbidden("models.register_model")
    if not has_model(run):
        raise RunHasNoModel
    form = RegisterForm(request.POST or None, initial=_proposed(request, run))
    if request.method == "POST" and form.is_valid():
        try:
            version = register_model(request.actor, run, naming=form.naming())
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            return redirect("model-version", version.uid)
    return render(request, "models/model_register.html", {"run": run, "form": form}, status=422 if form.errors else 200)


def _proposed(request: Request, run: Run) -> dict[str, str]:
    """The newest model of the project: another run there is most often its next version."""
    newest = queries.models(request.actor, project=run.project.uid).first()
    names = ("name", "title", "intended_purpose")
    return {name: getattr(newest, name) for name in names} if newest else {}
