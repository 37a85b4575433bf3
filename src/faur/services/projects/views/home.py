"""The first page: what do I have, what is running, what needs me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faur.kernel.actors.actor import Actor
from faur.services.projects.panels import Panel, Question, home_panels


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """For who is logged in: their own things. For everybody else: what this is, and what is open."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the portal's middleware
    panels = home_panels.build(actor)
    if actor.is_anonymous:
        return render(request, "projects/welcome.html", {"panels": [panel for panel in panels if panel.rows]})
    return render(request, "projects/home.html", {"questions": _by_question(panels), "is_new": not actor.grants})


def _by_question(panels: list[Panel]) -> list[tuple[Question, list[Panel]]]:
    """The panels under the question that they answer; what needs me comes first where there is anything."""
    order = (Question.NEEDS, Question.HAVE, Question.RUNNING)
    grouped = [(question, [panel for panel in panels if panel.question == question]) for question in order]
    return [(question, theirs) for question, theirs in grouped if theirs]
