"""A place where jobs run becomes known to the factory."""

from asgiref.sync import async_to_sync
from django.db.models import Q

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor, Factory
from faur.kernel.record import Statement
from faur.services.compute.errors import ClusterExists, ClusterUnknown
from faur.services.compute.models import Cluster
from faur.services.compute.orders import capabilities_document
from faur.services.compute.reach import scheduler_of
from faur.services.compute.waking import wake_pollers


def may_register(actor: Actor, _factory: Factory) -> bool:
    return actor.is_operator or actor.is_system


@action("compute.register_cluster", may=may_register)
def register_cluster(actor: Actor, factory: Factory, *, name: str, title: str, kind: str) -> Statement[Cluster]:
    """Register the cluster behind the adapter `kind`, with the capabilities that the adapter reports.

    Raises:
        ClusterUnknown: the site wired no adapter of this kind.
        ClusterExists: the name or the kind is taken.
    """
    scheduler = scheduler_of(kind)
    if scheduler is None:
        raise ClusterUnknown(kind)
    if Cluster.objects.filter(Q(name=name) | Q(kind=kind)).exists():
        raise ClusterExists
    place = async_to_sync(scheduler.capabilities)()
    cluster = Cluster.objects.create(name=name, title=title, kind=kind, capabilities=capabilities_document(place))
    wake_pollers()
    return Statement(
        subjects=[cluster],
        claims={"kind": kind, "cores": place.cores, "memory": place.memory, "gpus": place.gpus},
        result=cluster,
    )
