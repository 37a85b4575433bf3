"""A gateway says whether an endpoint's engine answers."""

from collections.abc import Mapping

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Subject
from faur.services.serving.models import Endpoint, TableVersion


def _only_the_factory(actor: Actor, _: Endpoint) -> bool:
    return actor.is_system


@action("serving.endpoint_ready", may=_only_the_factory)
def endpoint_ready(actor: Actor, endpoint: Endpoint, *, engine: Mapping[str, str]) -> Statement[None]:
    """An engine loaded the version's bytes and answers; `engine`: its name, protocol and hardware."""
    return _noted(endpoint, Endpoint.State.READY, "", {"engine": dict(engine)})


@action("serving.endpoint_failed", may=_only_the_factory)
def endpoint_failed(actor: Actor, endpoint: Endpoint, *, message: str) -> Statement[None]:
    """No engine could load the version's bytes, for the reason in `message`."""
    return _noted(endpoint, Endpoint.State.ERROR, message, {})


def _noted(
    endpoint: Endpoint, state: Endpoint.State, message: str, claims: Mapping[str, dict[str, str]]
) -> Statement[None]:
    endpoint.state, endpoint.message = state, message[:2000]
    endpoint.save(update_fields=["state", "message"])
    TableVersion.bump()
    version = endpoint.model_version
    return Statement(
        chain=endpoint.project.uid,
        subjects=[endpoint, Subject(version.uid, digest=version.manifest)],
        claims={
            "endpoint": endpoint.uid,
            "model_version": version.uid,
            "manifest": version.manifest,
            **claims,
        },
    )
