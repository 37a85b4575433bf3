"""What data shows on the first page and on the page of a project, and its step of the trail."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from faur.kernel.actors.actor import Actor
from faur.kernel.ids import is_uid
from faur.services.data import queries
from faur.services.data.models import Contract
from faur.services.data.wording import purpose_word
from faur.services.projects.public import Panel, Project, Question, Row, Step

SHOWN = 5


def contracts_to_decide(actor: Actor) -> Panel | None:
    """For who looks after data: the contracts that wait for them; one query."""
    rows = tuple(
        Row(_name(one), reverse("contract", args=[one.uid]), one.state, one.project.title, one.created_at)
        for one in queries.contracts_to_decide(actor)[:SHOWN]
    )
    more = (_("All contracts that wait"), f"{reverse('contracts')}?state=pending")
    return Panel(_("Contracts that wait for your approval"), rows, Question.NEEDS, more=more) if rows else None


def own_datasets(actor: Actor) -> Panel | None:
    """The latest data sets of the actor's projects; one query."""
    if not actor.projects:
        return None
    found = queries.datasets(actor).filter(project__uid__in=actor.projects)[:SHOWN]
    rows = tuple(Row(one.title, reverse("dataset", args=[one.uid]), detail=one.project.title) for one in found)
    empty = _("No data yet: a run cannot start without some.")
    action = None if rows else (_("Publish a data set"), reverse("dataset-new"))
    return Panel(_("Your data"), rows, Question.HAVE, empty, (_("All data"), reverse("datasets")), action)


def project_datasets(actor: Actor, project: Project) -> Panel | None:
    """The latest data sets of a project; one query."""
    found = queries.datasets(actor, project=project.uid)[:SHOWN]
    rows = tuple(
        Row(one.title, reverse("dataset", args=[one.uid]), detail=one.licence, at=one.created_at) for one in found
    )
    return Panel(
        title=_("Data"),
        rows=rows,
        empty=_("A data set is tables with a sheet that says where they come from, and a policy on their use."),
        more=(_("All data of this project"), f"{reverse('datasets')}?project={project.uid}"),
        action=None if rows else (_("Publish a data set"), f"{reverse('dataset-new')}?project={project.uid}"),
    )


def project_contracts(actor: Actor, project: Project) -> Panel | None:
    """The latest contracts of a project; one query."""
    rows = tuple(
        Row(_name(one), reverse("contract", args=[one.uid]), one.stands, at=one.created_at)
        for one in queries.contracts(actor, project=project.uid)[:SHOWN]
    )
    more = (_("All contracts of this project"), f"{reverse('contracts')}?project={project.uid}")
    return Panel(_("Data contracts"), rows, more=more) if rows else None


def trail_steps(project: str, actor: Actor, focus: str | None) -> Sequence[Step]:
    """The contract in focus, or the latest in force, or the latest; one query, and one more where none is in force."""
    contract = _contract_to_tell(project, actor, focus)
    if contract is None:
        where = f"{reverse('dataset-new')}?project={project}"
        return [
            Step("contract", _("Bring data, and agree to its policy"), "open", next_action=(_("Publish data"), where))
        ]
    verb = "data.approve_contract" if contract.decided_by and contract.state == "active" else "data.agree_contract"
    return [
        Step(
            key="contract",
            title=_name(contract),
            state=contract.stands,
            at=contract.decided_at or contract.created_at,
            page=reverse("contract", args=[contract.uid]),
            seen=(contract.uid, verb),
        )
    ]


def _name(contract: Contract) -> str:
    """What may be used for what, in the reader's language."""
    return f"{contract.version.title}, {purpose_word(contract.purpose)}"


def _contract_to_tell(project: str, actor: Actor, focus: str | None) -> Contract | None:
    rows = queries.contracts(actor, project=project)
    if focus and is_uid(focus, "con"):
        return rows.filter(uid=focus).first()
    return rows.filter(state=Contract.State.ACTIVE).first() or rows.first()
