"""A gateway says whether an endpoint's engine answers."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Subject
from faur.services.serving.models import Endpoint


def _only_the_factory(actor: Actor, _: Endpoint) -> bool:
    return actor.is_system


@action("serving.endpoint_ready", may=_only_the_factory)
def endpoint_ready(actor: Actor, endpoint: Endpoint, *, manifest: str) -> Statement[None]:
    """The engine loaded the bytes of `manifest` and answers."""
    Endpoint.objects.filter(pk=endpoint.pk).exclude(state=Endpoint.State.STOPPED).update(
        state=Endpoint.State.READY, message=""
    )
    return _statement(endpoint, manifest)


@action("serving.endpoint_failed", may=_only_the_factory)
def endpoint_failed(actor: Actor, endpoint: Endpoint, *, manifest: str, message: str) -> Statement[None]:
    """The engine could not load the bytes of `manifest`, for the reason in `message`."""
    Endpoint.objects.filter(pk=endpoint.pk).exclude(state=Endpoint.State.STOPPED).update(
        state=Endpoint.State.ERROR, message=message
    )
    return _statement(endpoint, manifest)


def _statement(endpoint: Endpoint, manifest: str) -> Statement[None]:
    version = Subject(endpoint.model_version.uid, digest=manifest)
    return Statement(
        chain=endpoint.project.uid,
        subjects=[endpoint, version],
        claims={"endpoint": endpoint.uid, "model_version": version.uid, "manifest": manifest},
    )
