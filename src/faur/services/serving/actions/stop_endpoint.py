"""An endpoint stops answering, for good; its keys end with it."""

from faur.kernel import clock
from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.projects.public import may_work_in
from faur.services.serving.errors import EndpointEnded
from faur.services.serving.models import Endpoint, TableVersion


def may_stop(actor: Actor, endpoint: Endpoint) -> bool:
    return may_work_in(actor, endpoint.project) or actor.is_operator


@action("serving.stop_endpoint", may=may_stop)
def stop_endpoint(actor: Actor, endpoint: Endpoint) -> Statement[None]:
    """Raises EndpointEnded: it was stopped before."""
    running = Endpoint.objects.filter(pk=endpoint.pk).exclude(state=Endpoint.State.STOPPED)
    if not running.update(state=Endpoint.State.STOPPED, stopped_at=clock.now()):
        raise EndpointEnded
    endpoint.keys.filter(revoked_at__isnull=True).update(revoked_at=clock.now())
    TableVersion.bump()
    endpoint.refresh_from_db()
    return Statement(chain=endpoint.project.uid, subjects=[endpoint], claims={"endpoint": endpoint.uid})
