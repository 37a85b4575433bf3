"""What compute shows on the first page and on the page of a project."""

from django.urls import reverse
from django.utils.translation import gettext as _

from faur.kernel.actors.actor import Actor
from faur.services.compute import queries
from faur.services.compute.models import Job
from faur.services.compute.reasons import explain
from faur.services.projects.public import Panel, Project, Question, Row

SHOWN = 5


def running_jobs(actor: Actor) -> Panel | None:
    """The jobs that have not ended; one query."""
    rows = _rows(list(queries.jobs(actor, state="active").defer("spec", "files")[:SHOWN]))
    return Panel(
        title=_("Jobs that run or wait"),
        rows=rows,
        question=Question.RUNNING,
        empty=_("Nothing runs now."),
        more=(_("All jobs"), reverse("jobs")) if rows else None,
    )


def project_jobs(actor: Actor, project: Project) -> Panel | None:
    """The latest jobs of a project; one query."""
    rows = _rows(list(queries.jobs(actor, project=project.uid).defer("spec", "files")[:SHOWN]))
    if not rows:
        return None
    return Panel(
        title=_("Jobs"), rows=rows, more=(_("All jobs of this project"), f"{reverse('jobs')}?project={project.uid}")
    )


def _rows(jobs: list[Job]) -> tuple[Row, ...]:
    return tuple(
        Row(job.title, reverse("job", args=[job.uid]), job.state, explain(job).sentence, job.created_at) for job in jobs
    )
