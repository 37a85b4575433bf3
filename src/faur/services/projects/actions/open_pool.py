"""An operator sets a share of a cluster's time aside, from which awards can be made."""

from dataclasses import dataclass
from datetime import date

from faur.kernel import ledger
from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor, Factory
from faur.kernel.entities import find
from faur.kernel.errors import NotFound
from faur.kernel.ids import prefix_of
from faur.kernel.ledger import AccountKind
from faur.kernel.record import Statement, Subject
from faur.kernel.units import Unit
from faur.services.projects import rules
from faur.services.projects.errors import PeriodReversed, UnknownCluster
from faur.services.projects.models import Pool


@dataclass(frozen=True, slots=True)
class PoolFacts:
    """What a pool holds: `capacity` in `unit`, of the cluster with that uid, between two days."""

    title: str
    cluster: str
    unit: Unit
    capacity: int
    starts_on: date
    ends_on: date


@action("projects.open_pool", may=rules.may_operate)
def open_pool(actor: Actor, factory: Factory, facts: PoolFacts) -> Statement[Pool]:
    """Open a pool: its capacity moves from the cluster's issuing account, which alone may go below zero, to the pool's.

    Raises:
        PeriodReversed: it would end before it starts.
        UnknownCluster: there is no such cluster.
    """
    if facts.ends_on < facts.starts_on:
        raise PeriodReversed
    _check_cluster(actor, facts.cluster)
    pool = Pool(**{name: getattr(facts, name) for name in PoolFacts.__slots__})
    issuer = ledger.open_account(facts.cluster, facts.unit, "issued", AccountKind.ISSUER)
    pool.account = ledger.open_account(pool.uid, facts.unit, "pool", AccountKind.HOLDING)
    pool.save()
    ledger.transfer(issuer, pool.account, facts.capacity, key=f"{pool.uid}:open")
    return Statement(
        subjects=[pool, Subject(facts.cluster)],
        claims={"cluster": facts.cluster, "unit": facts.unit, "capacity": facts.capacity},
        result=pool,
    )


def _check_cluster(actor: Actor, uid: str) -> None:
    """Clusters belong to a later service; what is known of one here is its identifier."""
    if prefix_of(uid) != "cls":
        raise UnknownCluster
    try:
        find(uid, actor)
    except NotFound:
        raise UnknownCluster from None
