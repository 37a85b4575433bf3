"""Keys open one endpoint each: issued to a person's programs, revoked within a second."""

import secrets
from datetime import timedelta

from faur.kernel import clock
from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.actors.models import digest_of
from faur.kernel.record import Statement
from faur.services.projects.public import may_work_in
from faur.services.serving import rules
from faur.services.serving.errors import EndpointEnded, LifetimeInvalid
from faur.services.serving.models import Endpoint, Key, TableVersion

PREFIX = "faur_key_"
SHOWN = len(PREFIX) + 6


def _may_open(actor: Actor, endpoint: Endpoint) -> bool:
    return may_work_in(actor, endpoint.project)


def _may_revoke(actor: Actor, key: Key) -> bool:
    return may_work_in(actor, key.endpoint.project) or actor.is_operator


@action("serving.issue_key", may=_may_open)
def issue_key(actor: Actor, endpoint: Endpoint, *, name: str, days: int) -> Statement[tuple[Key, str]]:
    """A new key of `endpoint` that ends after `days`, and its secret, which is shown once and not kept.

    Raises:
        LifetimeInvalid: too short or too long.
        EndpointEnded: the endpoint was stopped.
    """
    if not rules.is_key_life(days):
        raise LifetimeInvalid(rules.LONGEST_KEY_LIFE.days)
    if endpoint.state == Endpoint.State.STOPPED:
        raise EndpointEnded
    secret = PREFIX + secrets.token_urlsafe(32)
    key = Key(
        endpoint=endpoint,
        name=name.strip() or "key",
        prefix=secret[:SHOWN],
        digest=digest_of(secret),
        expires_at=clock.now() + timedelta(days=days),
    )
    key.save()
    TableVersion.bump()
    return Statement(
        chain=endpoint.project.uid,
        subjects=[key, endpoint],
        claims={"endpoint": endpoint.uid, "prefix": key.prefix, "expires_at": key.expires_at.isoformat()},
        result=(key, secret),
    )


@action("serving.revoke_key", may=_may_revoke)
def revoke_key(actor: Actor, key: Key) -> Statement[None]:
    """The key opens nothing any more, within a second; revoking it again changes nothing."""
    Key.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=clock.now())
    TableVersion.bump()
    return Statement(
        chain=key.endpoint.project.uid, subjects=[key, key.endpoint], claims={"endpoint": key.endpoint.uid}
    )
