"""What training tells elsewhere: its step of the trail, and its panels on the pages of projects."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from faur.kernel.actors.actor import Actor
from faur.kernel.ids import is_uid
from faur.services.projects.public import Panel, Project, Row, Step
from faur.services.training import queries
from faur.services.training.models import Run

SHOWN = 5


def trail_steps(project: str, actor: Actor, focus: str | None) -> Sequence[Step]:
    """The run in focus, the latest that completed, or the latest; two queries at most."""
    run = _run_to_tell(project, actor, focus)
    if run is None:
        return [
            Step("run", _("Run a recipe on your data"), "open", next_action=(_("Choose a recipe"), reverse("recipes")))
        ]
    verb = "compute.end_job" if run.has_ended else "compute.submit_job"
    return [
        Step(
            key="run",
            title=run.title,
            state=run.state,
            at=run.job.ended_at or run.created_at,
            page=reverse("run", args=[run.uid]),
            seen=(run.job.uid, verb),
        )
    ]


def project_runs(actor: Actor, project: Project) -> Panel | None:
    """The latest runs of a project; one query."""
    latest = queries.runs(actor, project=project.uid)[:SHOWN]
    rows = tuple(
        Row(run.title, reverse("run", args=[run.uid]), run.state, run.recipe_name, run.created_at) for run in latest
    )
    return Panel(
        title=_("Runs"),
        rows=rows,
        empty=_("A run is a recipe on your data: it trains a model and reports how well."),
        more=(_("All runs of this project"), f"{reverse('runs')}?project={project.uid}") if rows else None,
        action=None if rows else (_("Choose a recipe"), reverse("recipes")),
    )


def _run_to_tell(project: str, actor: Actor, focus: str | None) -> Run | None:
    rows = queries.runs(actor, project=project)
    if focus and is_uid(focus, "run"):
        return rows.filter(uid=focus).first()
    return rows.filter(state="completed").first() or rows.first()
