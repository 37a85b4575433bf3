"""What the registry tells elsewhere: its step of the trail, and its panels on the pages of projects."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from faur.kernel.actors.actor import Actor
from faur.kernel.ids import is_uid
from faur.services.models import queries
from faur.services.models.models import ModelVersion
from faur.services.projects.public import Panel, Project, Question, Row, Step

SHOWN = 5
State = ModelVersion.State
VERBS: dict[str, str] = {
    State.SCREENING: "models.register_model",
    State.REGISTERED: "models.accept_model",
    State.REFUSED: "models.refuse_model",
    State.PROMOTED: "models.promote_model",
    State.RETIRED: "models.retire_model",
}
"""By state, the verb that led into it."""


def trail_steps(project: str, actor: Actor, focus: str | None) -> Sequence[Step]:
    """The version in focus, or the newest of the model in focus, or else the newest promoted or newest one; one query.

    On the page of a model the step is the model's.
    """
    version = _version_to_tell(project, actor, focus)
    if version is None:
        runs = f"{reverse('runs')}?project={project}&state=completed"
        return [Step("model", _("Register what a run made"), "open", next_action=(_("See the runs that ended"), runs))]
    page, uid = ("model", version.model.uid) if focus == version.model.uid else ("model-version", version.uid)
    return [
        Step(
            key="model",
            title=version.title,
            state=version.state,
            at=version.created_at,
            page=reverse(page, args=[uid]),
            seen=(version.uid, VERBS[version.state]),
        )
    ]


def project_models(actor: Actor, project: Project) -> Panel:
    """The newest versions of a project's models; one query."""
    rows = tuple(_row(one) for one in queries.versions(actor, project=project.uid)[:SHOWN])
    return Panel(
        title=_("Models"),
        rows=rows,
        empty=_(
            "A model is registered from a run that ended, screened, and let into use when the record shows enough."
        ),
        more=(_("All models of this project"), f"{reverse('models')}?project={project.uid}") if rows else None,
    )


def waiting_versions(actor: Actor) -> Panel | None:
    """The actor's own versions that are registered and not in use yet; one query."""
    if not actor.projects:
        return None
    own = queries.versions(actor).filter(model__project__uid__in=actor.projects, state=State.REGISTERED)
    rows = tuple(_row(one, one.model.project.title) for one in own[:SHOWN])
    return Panel(_("Models that wait to be promoted"), rows, Question.NEEDS) if rows else None


def _row(one: ModelVersion, detail: str = "") -> Row:
    return Row(one.title, reverse("model-version", args=[one.uid]), one.state, detail, one.created_at)


def _version_to_tell(project: str, actor: Actor, focus: str | None) -> ModelVersion | None:
    rows = queries.versions(actor, project=project)
    if focus and is_uid(focus, "mdv"):
        return rows.filter(uid=focus).first()
    if focus and is_uid(focus, "mdl"):
        return rows.filter(model__uid=focus).first()
    newest = list(rows.exclude(state=State.REFUSED)[:SHOWN])
    return next((one for one in newest if one.state == State.PROMOTED), newest[0] if newest else None)
