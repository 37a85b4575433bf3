"""The endpoint's step on a project's trail, and what serving shows on pages of earlier services."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from faur.kernel.actors.actor import Actor
from faur.kernel.ids import is_uid
from faur.services.models.public import ModelVersion
from faur.services.projects.public import Panel, Project, Question, Row, Step, may_work_in
from faur.services.serving.models import Endpoint

SHOWN = 3
State = Endpoint.State
VERBS: dict[str, str] = {
    State.STARTING: "serving.open_endpoint",
    State.READY: "serving.endpoint_ready",
    State.ERROR: "serving.endpoint_failed",
    State.STOPPED: "serving.stop_endpoint",
}
"""By state, the verb that led into it."""


def trail_steps(project: str, actor: Actor, focus: str | None) -> Sequence[Step]:
    """The endpoint in focus, or those of the version in focus, or the newest of the project that run; one query.

    One open step where there is none.
    """
    rows = Endpoint.objects.visible_to(actor).filter(project__uid=project)
    if focus and is_uid(focus, "end"):
        rows = rows.filter(uid=focus)
    elif focus and is_uid(focus, "mdv"):
        rows = rows.wanted().filter(model_version__uid=focus)
    else:
        rows = rows.wanted()
    steps = [_step(row) for row in rows[:SHOWN]]
    return steps or [Step(key="endpoint", title=_("Endpoint"), state="planned")]


def _step(endpoint: Endpoint) -> Step:
    return Step(
        key="endpoint",
        title=endpoint.name,
        state=endpoint.state,
        at=endpoint.created_at,
        page=reverse("endpoint", args=[endpoint.uid]),
        seen=(endpoint.uid, VERBS[endpoint.state]),
    )


def endpoints_of_version(actor: Actor, version: ModelVersion) -> Panel:
    """The endpoints that serve a version, or did; one query."""
    found = Endpoint.objects.visible_to(actor).filter(model_version=version)[:SHOWN]
    may = version.state == ModelVersion.State.PROMOTED and may_work_in(actor, version.model.project)
    serve = (_("Serve it"), f"{reverse('endpoint-new')}?version={version.uid}") if may else None
    return Panel(_("Endpoints"), _rows(found), empty=_("It is not served."), action=serve)


def on_project(actor: Actor, project: Project) -> Panel:
    rows = Endpoint.objects.visible_to(actor).filter(project=project).wanted().order_by("-pk")[:SHOWN]
    return _panel(_("Endpoints"), rows, f"{reverse('endpoints')}?project={project.uid}")


def on_home(actor: Actor) -> Panel | None:
    rows = Endpoint.objects.filter(project__uid__in=actor.projects).wanted().order_by("-pk")[:SHOWN]
    return _panel(_("Endpoints"), rows, reverse("endpoints")) if rows else None


def _panel(title: str, endpoints: Iterable[Endpoint], more: str) -> Panel:
    rows = _rows(endpoints)
    return Panel(
        title=title,
        rows=rows,
        question=Question.RUNNING,
        empty=_("Nothing is served yet. Promote a version of a model, and open an endpoint on its page."),
        more=(_("All endpoints"), more) if rows else None,
    )


def _rows(endpoints: Iterable[Endpoint]) -> tuple[Row, ...]:
    return tuple(
        Row(title=one.name, url=reverse("endpoint", args=[one.uid]), state=one.state, at=one.created_at)
        for one in endpoints
    )
