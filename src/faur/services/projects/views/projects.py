"""The list of projects, and the page of one: what it may use, who is in it, how far it has come."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, Refusal
from faur.portal.asking import asked, for_people, shown_page
from faur.portal.refusals import show_in_form
from faur.services.projects import queries, rules
from faur.services.projects.actions.add_member import add_member
from faur.services.projects.actions.remove_member import remove_member
from faur.services.projects.forms import MemberForm
from faur.services.projects.models import Project, ProjectState
from faur.services.projects.panels import project_panels
from faur.services.projects.trail import build_trail


@require_safe
@for_people
def projects(request: Request) -> HttpResponse:
    found = queries.projects_of(request.actor, search=asked(request, "q"), state=asked(request, "state"))
    return render(
        request, "projects/projects.html", {"page": shown_page(found, request), "states": ProjectState.choices}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def project(request: Request, uid: str) -> HttpResponse:
    """The page of a project; a lead adds a member here."""
    found = queries.project_visible(request.actor, uid)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = add_member(request.actor, found, **form.cleaned_data)
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("%(name)s is in the project.") % {"name": user.name})
            return redirect("project", uid)
    return render(request, "projects/project.html", _shown(request, found, form), status=422 if form.errors else 200)


@require_safe
@for_people
def project_work(request: Request, uid: str) -> HttpResponse:
    """What goes on in a project: the latest of each kind of thing. The project's page fetches it into itself."""
    found = queries.project_visible(request.actor, uid)
    panels = project_panels.build(request.actor, found)
    return render(request, "projects/project_work.html", {"project": found, "panels": panels})


@require_POST
@for_people
def member_remove(request: Request, uid: str, member: str) -> HttpResponse:
    """Takes a person out, and goes back to the project, or to the list for who took out themselves."""
    found = queries.project_visible(request.actor, uid)
    remove_member(request.actor, found, member=member)
    messages.success(request, _("The person is no longer in the project."))
    return redirect("projects") if member == request.actor.uid else redirect("project", uid)


@require_safe
@for_people
def member(request: Request, uid: str, member: str) -> HttpResponse:
    """Asks whether a person shall really be taken out."""
    found = queries.project_visible(request.actor, uid)
    if not rules.may_lead_project(request.actor, found):
        raise Forbidden("projects.remove_member")
    context = {"project": found, "member": queries.member_of(found, member)}
    return render(request, "projects/member.html", context)


def _shown(request: Request, found: Project, form: MemberForm) -> dict[str, object]:
    actor = request.actor
    return {
        "project": found,
        "allocations": queries.allocations_of(actor, project=found.uid),
        "members": queries.members_of(found),
        "may_lead": rules.may_lead(actor, found.uid),
        "form": form,
        "trail": build_trail(actor, found.uid, focus=found.uid),
    }
