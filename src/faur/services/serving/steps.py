"""The endpoint's step on a project's trail, and what serving shows on pages of earlier services."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from faur.kernel.actors.actor import Actor
from faur.services.projects.public import Panel, Project, Question, Row, Step
from faur.services.serving.models import Endpoint

SHOWN = 3


def trail_steps(project: str, actor: Actor, focus: str | None) -> Sequence[Step]:
    """The project's newest endpoints that were not stopped; one open step where there is none."""
    rows = Endpoint.objects.visible_to(actor).filter(project__uid=project).wanted()[:SHOWN]
    if not rows:
        return [Step(key="endpoint", title=_("Endpoint"), state="planned")]
    return [_step(row, here=row.uid == focus) for row in rows]


def _step(endpoint: Endpoint, *, here: bool) -> Step:
    return Step(
        key="endpoint",
        title=endpoint.name,
        state=endpoint.state,
        at=endpoint.created_at,
        page=reverse("endpoint", args=[endpoint.uid]),
        seen=(endpoint.uid, "serving.endpoint_ready"),
        here=here,
    )


def on_project(actor: Actor, project: Project) -> Panel:
    rows = Endpoint.objects.visible_to(actor).filter(project=project).wanted().order_by("-pk")[:SHOWN]
    return _panel(_("Endpoints"), rows, f"{reverse('endpoints')}?project={project.uid}")


def on_home(actor: Actor) -> Panel | None:
    rows = Endpoint.objects.filter(project__uid__in=actor.projects).wanted().order_by("-pk")[:SHOWN]
    return _panel(_("Endpoints"), rows, reverse("endpoints")) if rows else None


def _panel(title: str, endpoints: Iterable[Endpoint], more: str) -> Panel:
    rows = tuple(
        Row(title=one.name, url=reverse("endpoint", args=[one.uid]), state=one.state, at=one.created_at)
        for one in endpoints
    )
    return Panel(
        title=title,
        rows=rows,
        question=Question.RUNNING,
        empty=_("Nothing is served yet. Promote a version of a model, and open an endpoint on its page."),
        more=(_("All endpoints"), more),
    )
