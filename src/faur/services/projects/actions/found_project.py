"""An award becomes a project: its chain, its lead, and its allocation out of a pool."""

from dataclasses import dataclass
from datetime import date

from faur.kernel import ledger
from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor, Role
from faur.kernel.actors.directory import grant
from faur.kernel.actors.models import User
from faur.kernel.ledger import AccountKind
from faur.kernel.record import Statement, Subject
from faur.kernel.units import Unit
from faur.services.projects import rules
from faur.services.projects.amounts import asked_and_free
from faur.services.projects.errors import PeriodReversed, PoolExhausted
from faur.services.projects.models import Allocation, Organisation, Pool, Project


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What is known of a project when it is founded. `amount` in the pool's unit; `grown_from`: application, award."""

    title: str
    summary: str
    organisation: Organisation
    lead: User
    amount: int
    starts_on: date
    ends_on: date
    grown_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Founded:
    """What came of it."""

    project: Project
    allocation: Allocation


@action("projects.found_project", may=rules.may_operate)
def found_project(actor: Actor, pool: Pool, facts: ProjectFacts) -> Statement[Founded]:
    """Found a project with one lead and one allocation out of `pool`.

    Raises:
        PeriodReversed: it would end before it starts.
        PoolExhausted: the pool has less than `facts.amount` left.
    """
    if facts.ends_on < facts.starts_on:
        raise PeriodReversed
    project = Project.objects.create(
        title=facts.title,
        summary=facts.summary,
        organisation=facts.organisation,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
    )
    grant(facts.lead, Role.LEAD, project.uid)
    allocation = _allocate(pool, project, facts.amount)
    return Statement(
        chain=project.uid,
        subjects=[project, facts.organisation, allocation, pool, *(Subject(uid) for uid in facts.grown_from)],
        claims=_claims(project, allocation),
        result=Founded(project, allocation),
    )


def _allocate(pool: Pool, project: Project, amount: int) -> Allocation:
    allocation = Allocation(
        project=project, pool=pool, unit=pool.unit, amount=amount, starts_on=project.starts_on, ends_on=project.ends_on
    )
    unit = Unit(pool.unit)
    allocation.account = ledger.open_account(allocation.uid, unit, "allocation", AccountKind.HOLDING)
    allocation.spent = ledger.open_account(allocation.uid, unit, "spent", AccountKind.SPENT)
    allocation.save()
    try:
        ledger.transfer(pool.account, allocation.account, amount, key=f"{allocation.uid}:award")
    except ledger.InsufficientBalance as short:
        raise PoolExhausted(*asked_and_free(short)) from short
    return allocation


def _claims(project: Project, allocation: Allocation) -> dict[str, str | int]:
    return {
        "title": project.title,
        "organisation": project.organisation.uid,
        "size": project.organisation.size,
        "allocation": allocation.uid,
        "unit": allocation.unit,
        "amount": allocation.amount,
        "pool": allocation.pool.uid,
        "ends_on": project.ends_on.isoformat(),
    }
