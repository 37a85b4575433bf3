"""Thresholds: the list, one set with what it judged, and the form by which a set is committed for good."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, Refusal
from faur.portal.asking import asked, for_people, shown_page
from faur.portal.refusals import show_in_form
from faur.services.projects.public import Project, build_trail, may_work_in, project_visible
from faur.services.trust import queries
from faur.services.trust.actions.commit_thresholds import commit_thresholds
from faur.services.trust.showing import bounds_of, slices_of
from faur.services.trust.threshold_forms import ADD_ITEM, ADD_SLICE, PromiseForm

JUDGED = 20
NOT_ANSWERS = frozenset({"csrfmiddlewaretoken", "confirm", "change", ADD_ITEM, ADD_SLICE})


@require_safe
@for_people
def thresholds_list(request: Request) -> HttpResponse:
    rows = queries.threshold_sets(request.actor, project=asked(request, "project"))
    page = shown_page(rows, request)
    places = queries.committed(page.object_list)
    rows_shown = [(one, places.get(one.uid)) for one in page]
    return render(request, "trust/thresholds_list.html", {"page": page, "rows": rows_shown})


@require_safe
@for_people
def thresholds(request: Request, uid: str) -> HttpResponse:
    found = queries.threshold_set(request.actor, uid)
    judged = queries.evaluations(request.actor, project=found.project.uid).filter(thresholds=found).in_brief()
    context = {
        "thresholds": found,
        "bounds": bounds_of(found.items),
        "slices": slices_of(found.slices),
        "place": queries.committed_at(found),
        "evaluations": judged[:JUDGED],
        "trail": build_trail(request.actor, found.project.uid, focus=found.uid),
    }
    return render(request, "trust/thresholds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def thresholds_new(request: Request) -> HttpResponse:
    """First the form, with a row more for the asking; then all of it once more, since it can never be changed."""
    if not asked(request, "project"):
        projects = queries.workable_projects(request.actor)
        return render(request, "trust/thresholds_project.html", {"projects": projects})
    project = project_visible(request.actor, asked(request, "project"))
    if not may_work_in(request.actor, project):
        raise Forbidden("trust.commit_thresholds")
    return _filled(request, project) if request.method == "POST" else _form(request, project, PromiseForm())


def _filled(request: Request, project: Project) -> HttpResponse:
    form = PromiseForm(request.POST)
    if {ADD_ITEM, ADD_SLICE, "change"} & request.POST.keys() or not form.is_valid():
        return _form(request, project, form)
    if "confirm" not in request.POST:
        promise = form.promise
        context = {"project": project, "promise": promise, "bounds": bounds_of(promise.items), "steps": _steps()}
        context |= {"slices": slices_of(promise.slices), "kept": _kept(request)}
        return render(request, "trust/thresholds_check.html", context)
    try:
        return redirect("thresholds", commit_thresholds(request.actor, project, promise=form.promise).uid)
    except Refusal as refusal:
        show_in_form(refusal, form.title)
        return _form(request, project, form)


def _form(request: Request, project: Project, form: PromiseForm) -> HttpResponse:
    asks_for_more = bool({ADD_ITEM, ADD_SLICE, "change"} & request.POST.keys())
    wrong = form.errors and not asks_for_more
    context = {
        "project": project,
        "promise": form,
        "steps": _steps(),
        "wrong": wrong,
        "form": form.title if wrong else None,
    }
    return render(request, "trust/thresholds_new.html", context, status=422 if wrong else 200)


def _kept(request: Request) -> list[tuple[str, str]]:
    """All that was answered, to come along hidden."""
    answers = [(name, values) for name, values in request.POST.lists() if name not in NOT_ANSWERS]
    return [(name, str(value)) for name, values in answers for value in values]


def _steps() -> list[str]:
    return [_("Bounds"), _("Check your answers")]
