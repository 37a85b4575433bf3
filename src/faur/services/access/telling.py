"""What the front office shows on the first page and on the page of a project, and its step of the trail."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from faur.kernel.actors.actor import Actor
from faur.services.access import queries
from faur.services.access.models import Application, Award
from faur.services.projects.public import Panel, Project, Question, Row, Step, in_words

SHOWN = 5


def open_calls(actor: Actor) -> Panel | None:
    """The calls that take applications now; one query."""
    found = queries.calls_by_phase(actor, phase="open")[:SHOWN]
    rows = tuple(
        Row(
            title=call.title,
            url=reverse("call", args=[call.uid]),
            state=call.phase,
            detail=_("until %(day)s") % {"day": date_format(localtime(call.closes_at))},
        )
        for call in found
    )
    action = (_("Open a call"), reverse("call-new")) if actor.is_operator and not rows else None
    empty = _("No call is open now.")
    return Panel(_("Open calls"), rows, Question.HAVE, empty, (_("All calls"), reverse("calls")), action)


def own_applications(actor: Actor) -> Panel | None:
    """The actor's own applications that are not decided; one query."""
    if actor.is_anonymous:
        return None
    waiting = (Application.State.DRAFT, Application.State.SUBMITTED, Application.State.ASSESSED)
    found = queries.own_applications(actor).filter(state__in=waiting)[:SHOWN]
    rows = tuple(_row(one, one.call.title) for one in found)
    more = (_("All my applications"), f"{reverse('applications')}?whose=mine")
    return Panel(_("Your applications"), rows, Question.RUNNING, more=more) if rows else None


def to_assess(actor: Actor) -> Panel | None:
    """For evaluators: what they have not assessed; one query."""
    rows = tuple(_row(one, one.organisation.name) for one in queries.to_assess(actor)[:SHOWN])
    more = (_("All to assess"), f"{reverse('applications')}?whose=assess")
    return Panel(_("Applications to assess"), rows, Question.NEEDS, more=more) if rows else None


def to_decide(actor: Actor) -> Panel | None:
    """For operators: what was assessed and waits for a decision; one query."""
    rows = tuple(_row(one, one.organisation.name) for one in queries.to_decide(actor)[:SHOWN])
    more = (_("All to decide"), f"{reverse('applications')}?whose=decide")
    return Panel(_("Applications to decide"), rows, Question.NEEDS, more=more) if rows else None


def award_of_project(actor: Actor, project: Project) -> Panel | None:
    """The application from which the project grew, for who may read it; one query."""
    found = queries.applications(actor).filter(award__project=project).first()
    if found is None:
        return None
    detail = _("%(amount)s awarded") % {"amount": in_words(found.award.amount, found.call.pool.unit)}
    row = Row(found.title, reverse("application", args=[found.uid]), found.state, detail, found.submitted_at)
    return Panel(_("What was applied for"), (row,))


def trail_steps(project: str, actor: Actor, focus: str | None) -> Sequence[Step]:
    """The award that founded the project, with its entry on the project's own chain; one query."""
    made = Award.objects.filter(project__uid=project).select_related("allocation", "application__call").first()
    if made is None:
        return []
    return [
        Step(
            key="award",
            title=made.application.call.title,
            state=Application.State.AWARDED,
            at=made.created_at,
            page=reverse("allocation", args=[made.allocation.uid]),
            seen=(project, "projects.found_project"),
        )
    ]


def _row(application: Application, detail: str) -> Row:
    url = reverse("application", args=[application.uid])
    return Row(application.title, url, application.state, detail, application.submitted_at)
