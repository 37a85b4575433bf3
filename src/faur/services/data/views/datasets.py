"""The list of data sets, one with its sheet, its policy and its versions, and the forms that describe it."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, Refusal
from faur.portal.asking import asked, for_people, shown_page
from faur.portal.refusals import show_in_form
from faur.services.data import queries
from faur.services.data.actions.create_dataset import create_dataset
from faur.services.data.actions.edit_dataset import edit_dataset
from faur.services.data.forms import DatasetForm, NewDatasetForm
from faur.services.data.models import DatasetVersion
from faur.services.data.rights import may_edit
from faur.services.data.wording import policy_lines, sheet_lines
from faur.services.projects.public import project_visible


@require_safe
@for_people
def datasets(request: Request) -> HttpResponse:
    found = queries.datasets(request.actor, project=asked(request, "project"), search=asked(request, "q"))
    context = {"page": shown_page(found, request), "may_create": bool(request.actor.projects)}
    return render(request, "data/datasets.html", context)


@require_safe
@for_people
def dataset(request: Request, uid: str) -> HttpResponse:
    found = queries.dataset(request.actor, uid)
    page = shown_page(queries.versions_of(request.actor, found), request)
    context = {
        "dataset": found,
        "page": page,
        "is_checking": any(version.state == DatasetVersion.State.CHECKING for version in page),
        "sheet": sheet_lines(found.sheet),
        "policy": policy_lines(found.terms, found.policy),
        "may_edit": may_edit(request.actor, found),
    }
    return render(request, "data/dataset.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def dataset_new(request: Request) -> HttpResponse:
    """`?project=` chooses the project."""
    projects = queries.own_projects(request.actor)
    if not projects:
        return render(request, "data/dataset_new.html")
    form = NewDatasetForm(_sent(request), projects, asked(request, "project"))
    if form.is_valid():
        try:
            project = project_visible(request.actor, form.cleaned_data["project"])
            name = form.cleaned_data["name"]
            made = create_dataset(request.actor, project, name=name, description=form.told())
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("The data set is described. Now publish its first version."))
            return redirect("version-new", made.uid)
    return render(request, "data/dataset_edit.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def dataset_edit(request: Request, uid: str) -> HttpResponse:
    found = queries.dataset(request.actor, uid)
    if not may_edit(request.actor, found):
        raise Forbidden("data.edit_dataset")
    form = DatasetForm(_sent(request), DatasetForm.said(found))
    if form.is_valid():
        try:
            edit_dataset(request.actor, found, description=form.told())
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("The description is kept."))
            return redirect("dataset", uid)
    context = {"form": form, "dataset": found}
    return render(request, "data/dataset_edit.html", context, status=422 if form.errors else 200)


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
