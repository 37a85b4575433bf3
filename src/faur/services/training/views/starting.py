"""Starting a run: where and on what, with which parameters, and a last look before anything is held."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faur.kernel.actors.actor import Actor
from faur.kernel.api import Request
from faur.kernel.errors import Refusal
from faur.kernel.units import Unit
from faur.portal.asking import asked, for_people
from faur.portal.refusals import show_in_form
from faur.portal.schema_forms import SchemaForm, with_options
from faur.services.compute.public import most
from faur.services.data.public import Purpose, columns_of, usable_versions, version_for_use
from faur.services.library.public import Recipe, RecipeVersion, recipe, recipe_of
from faur.services.projects.public import Allocation, Project
from faur.services.training import queries
from faur.services.training.actions.start_run import RunOrder, job_resources, start_run
from faur.services.training.forms import DataForm, ResourcesForm
from faur.services.training.rules import columns_asked

MOST_VERSIONS = 100
ANSWERS_ONLY = frozenset({"csrfmiddlewaretoken", "confirm", "change"})


@dataclass(frozen=True, slots=True)
class Start:
    """What is known after the first screen."""

    actor: Actor
    version: RecipeVersion
    recipe: Recipe
    project: Project
    allocation: Allocation
    data: DataForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def run_new(request: Request) -> HttpResponse:
    """One screen after the other; the address carries the first, the forms the rest; nothing is kept before the end."""
    version = recipe(asked(request, "recipe"), asked(request, "version"))
    projects = queries.workable_projects(request.actor)
    project = _project(projects, asked(request, "project"))
    if project is None:
        return render(request, "training/run_project.html", {"version": version, "projects": projects})
    return _with_data(request, version, project)


def _with_data(request: Request, version: RecipeVersion, project: Project) -> HttpResponse:
    plan = recipe_of(version.told)
    allocations = queries.usable_allocations(request.actor, project)
    versions = list(usable_versions(request.actor, project, Purpose.TRAINING)[:MOST_VERSIONS])
    data = DataForm(request.GET if "allocation" in request.GET else None, plan, allocations, versions)
    if data.is_valid():
        allocation = next(one for one in allocations if one.uid == data.cleaned_data["allocation"])
        return _rest(request, Start(request.actor, version, plan, project, allocation, data))
    context = {"version": version, "project": project, "form": data, "steps": _steps()}
    context |= {"allocations": allocations, "versions": versions}
    return render(request, "training/run_data.html", context, status=422 if data.errors else 200)


def _rest(request: Request, start: Start) -> HttpResponse:
    answers = request.POST or None
    parameters = SchemaForm(_schema(start), answers, prefix="p")
    wishes = ResourcesForm.wishes(start.recipe, gpus=start.allocation.unit == Unit.GPU_SECONDS)
    resources = ResourcesForm(answers, initial=wishes)
    complete = answers is not None and parameters.is_valid() & resources.is_valid()
    if complete and "confirm" in request.POST:
        try:
            return redirect("run", start_run(start.actor, start.project, _order(start, parameters, resources)).uid)
        except Refusal as refusal:
            show_in_form(refusal, resources)
    elif complete and "change" not in request.POST:
        return _check(request, start, parameters, resources)
    wrong = bool(answers) and bool(parameters.errors or resources.errors)
    context = {"start": start, "form": parameters, "resources": resources, "steps": _steps()}
    return render(request, "training/run_parameters.html", context, status=422 if wrong else 200)


def _check(request: Request, start: Start, parameters: SchemaForm, resources: ResourcesForm) -> HttpResponse:
    spec, duration = job_resources(start.recipe, resources.wanted)
    context = {
        "start": start,
        "steps": _steps(),
        "title": resources.cleaned_data["title"],
        "answers": [(parameters[name].label, value) for name, value in parameters.values.items()],
        "given": start.data.answers,
        "spec": spec,
        "duration": duration,
        "held": most(spec, duration, Unit(start.allocation.unit)),
        "kept": _kept(request),
    }
    return render(request, "training/run_check.html", context)


def _kept(request: Request) -> list[tuple[str, str]]:
    """All that was answered, to come along hidden."""
    answers = [(name, values) for name, values in request.POST.lists() if name not in ANSWERS_ONLY]
    return [(name, str(value)) for name, values in answers for value in values]


def _order(start: Start, parameters: SchemaForm, resources: ResourcesForm) -> RunOrder:
    return RunOrder(
        recipe=start.version,
        allocation=start.allocation,
        inputs=start.data.chosen,
        parameters=parameters.values,
        title=resources.cleaned_data["title"],
        wanted=resources.wanted,
    )


def _schema(start: Start) -> dict[str, object]:
    """The recipe's schema, with the columns of the chosen data where a parameter names one."""
    options = {}
    for parameter, source in columns_asked(start.recipe.parameters):
        if (chosen := start.data.chosen.get(source)) is not None:
            version = version_for_use(start.actor, chosen.version, start.project, Purpose.TRAINING)
            if columns := [str(column["name"]) for column in columns_of(version, chosen.split)]:
                options[parameter] = columns
    return dict(with_options(start.recipe.parameters, options))


def _project(projects: list[Project], uid: str) -> Project | None:
    """The one asked for, or the only one."""
    if not uid and len(projects) == 1:
        return projects[0]
    return next((one for one in projects if one.uid == uid), None)


def _steps() -> list[str]:
    return [_("Data"), _("Parameters"), _("Check your answers")]
