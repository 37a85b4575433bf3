"""What trust tells elsewhere: its two steps of the trail, and its panels on the pages of others."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from faur.kernel.actors.actor import Actor, Role
from faur.kernel.ids import is_uid
from faur.services.models.public import Model, ModelVersion
from faur.services.projects.public import Panel, Project, Question, Row, Step, is_member, may_work_in
from faur.services.trust import queries
from faur.services.trust.models import Evaluation, TechnicalFile
from faur.services.trust.tiers import shown_tiers

SHOWN = 5
FILES = {"writing": "trust.ask_technical_file", "error": "trust.ask_technical_file"}


def evaluation_steps(project: str, actor: Actor, focus: str | None) -> Sequence[Step]:
    """The evaluation in focus, or the last of the version in focus, or the last of the project; one query."""
    rows = queries.evaluations(actor, project=project).in_brief()
    if focus and is_uid(focus, "eva"):
        rows = rows.filter(uid=focus)
    elif focus and is_uid(focus, "mdv"):
        rows = rows.filter(model_version__uid=focus)
    found = rows.first()
    if found is None:
        first = _first_of_evaluation(project, focus) if _works_in(actor, project) else None
        return [Step("evaluation", _("Measure the model"), "open", next_action=first)]
    verb = "trust.start_evaluation" if found.state == Evaluation.State.RUNNING else "trust.finish_evaluation"
    return [
        Step(
            key="evaluation",
            title=found.thresholds.title,
            state=found.state,
            at=found.ended_at or found.created_at,
            page=reverse("evaluation", args=[found.uid]),
            seen=(found.uid, verb),
        )
    ]


def file_steps(project: str, actor: Actor, focus: str | None) -> Sequence[Step]:
    """The technical file in focus, or the last of the version in focus, or the last of the project; one query."""
    rows = queries.technical_files(actor, project=project)
    if focus and is_uid(focus, "tfl"):
        rows = rows.filter(uid=focus)
    elif focus and is_uid(focus, "mdv"):
        rows = rows.filter(model_version__uid=focus)
    found = rows.first()
    if found is None:
        ask = (_("Write the technical file"), f"{reverse('technical-file-new')}?version={focus}")
        next_action = ask if focus and is_uid(focus, "mdv") and _works_in(actor, project) else None
        return [Step("technical_file", _("Technical file"), "open", next_action=next_action)]
    return [
        Step(
            key="technical_file",
            title=found.title,
            state=found.state,
            at=found.created_at,
            page=reverse("technical-file", args=[found.uid]),
            seen=(found.uid, FILES.get(found.state, "trust.write_technical_file")),
        )
    ]


def evaluations_of_version(actor: Actor, version: ModelVersion) -> Panel:
    """The evaluations of a version; one query."""
    found = queries.evaluations(actor, model_version=version.uid).in_brief()[:SHOWN]
    rows = tuple(
        Row(one.thresholds.title, reverse("evaluation", args=[one.uid]), one.state, _timely(one), one.created_at)
        for one in found
    )
    may = may_work_in(actor, version.model.project) and version.state in {"registered", "promoted"}
    evaluate = (_("Evaluate"), f"{reverse('evaluation-new')}?version={version.uid}") if may else None
    return Panel(_("Evaluations"), rows, empty=_("It was not measured yet."), action=evaluate)


def classification_of_version(actor: Actor, version: ModelVersion) -> Panel:
    """The last classification of a version's model; one query."""
    return classification_of_model(actor, version.model)


def classification_of_model(actor: Actor, model: Model) -> Panel:
    """The last classification of a model; one query."""
    found = queries.classifications(actor, model=model.uid)[:1]
    language = get_language() or "en"
    rows = tuple(
        Row(
            title=", ".join(tier.title for tier in shown_tiers(one.tiers, language)),
            url=reverse("classification", args=[one.uid]),
            at=one.created_at,
        )
        for one in found
    )
    may = may_work_in(actor, model.project)
    classify = (_("Classify"), f"{reverse('questionnaire')}?model={model.uid}") if may else None
    empty = _("Nobody answered yet what it is under the AI Act.")
    return Panel(_("Class under the AI Act"), rows, empty=empty, action=classify)


def files_of_version(actor: Actor, version: ModelVersion) -> Panel:
    """The technical files of a version; one query."""
    rows = tuple(_file_row(one) for one in queries.technical_files(actor, model_version=version.uid)[:SHOWN])
    may = may_work_in(actor, version.model.project)
    write = (_("Write one"), f"{reverse('technical-file-new')}?version={version.uid}") if may else None
    return Panel(_("Technical files"), rows, empty=_("None was written yet."), action=write)


def thresholds_of_project(actor: Actor, project: Project) -> Panel:
    """The last thresholds of a project; one query."""
    rows = tuple(
        Row(one.title, reverse("thresholds", args=[one.uid]), detail=_bounds(len(one.items)), at=one.created_at)
        for one in queries.threshold_sets(actor, project=project.uid)[:SHOWN]
    )
    commit = (_("Commit thresholds"), f"{reverse('thresholds-new')}?project={project.uid}")
    return Panel(
        title=_("Thresholds"),
        rows=rows,
        empty=_("Commit what a model must reach before you train it: later ones do not count."),
        more=(_("All thresholds"), f"{reverse('thresholds-list')}?project={project.uid}") if rows else None,
        action=commit if may_work_in(actor, project) else None,
    )


def bundles_of_project(actor: Actor, project: Project) -> Panel:
    """The last evidence bundles of a project; one query."""
    rows = tuple(
        Row(_("Evidence"), reverse("bundle", args=[one.uid]), one.state, at=one.created_at)
        for one in queries.bundles(actor, project=project.uid)[:SHOWN]
    )
    export = (_("Export the evidence"), f"{reverse('bundle-new')}?project={project.uid}")
    return Panel(
        title=_("Evidence bundles"),
        rows=rows,
        empty=_("A bundle holds the project's record and its technical files, and proves itself offline."),
        action=export if is_member(actor, project) or actor.sees_all else None,
    )


def running_evaluations(actor: Actor) -> Panel | None:
    """The evaluations of the actor's own projects that run now; one query."""
    if not actor.projects:
        return None
    running = queries.evaluations(actor).in_brief().filter(state=Evaluation.State.RUNNING)
    rows = tuple(
        Row(one.title, reverse("evaluation", args=[one.uid]), one.state, at=one.created_at)
        for one in running.filter(project__uid__in=actor.projects)[:SHOWN]
    )
    return Panel(_("Evaluations that run"), rows, Question.RUNNING) if rows else None


def _works_in(actor: Actor, project: str) -> bool:
    return actor.has_any((Role.LEAD, Role.MEMBER), project)


def _first_of_evaluation(project: str, focus: str | None) -> tuple[str, str]:
    if focus and is_uid(focus, "mdv"):
        return _("Evaluate this version"), f"{reverse('evaluation-new')}?version={focus}"
    return _("Commit thresholds first"), f"{reverse('thresholds-list')}?project={project}"


def _timely(one: Evaluation) -> str:
    if one.state == Evaluation.State.RUNNING or one.committed_before_run:
        return ""
    return _("thresholds came after the run")


def _file_row(one: TechnicalFile) -> Row:
    missing = int(one.coverage.get("missing", 0))
    gaps = ngettext("%(n)d gap", "%(n)d gaps", missing) % {"n": missing} if missing else ""
    return Row(_("Technical file"), reverse("technical-file", args=[one.uid]), one.state, gaps, one.created_at)


def _bounds(count: int) -> str:
    return ngettext("%(n)d bound", "%(n)d bounds", count) % {"n": count}
