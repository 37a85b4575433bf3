"""Keys open one endpoint each: issued to a person's programs, revoked within a second."""

import secrets
from datetime import timedelta
from typing import TypeVar

from faur.kernel import clock
from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.actors.models import digest_of
from faur.kernel.record import Statement
from faur.services.projects.public import may_work_in
from faur.services.serving import rules
from faur.services.serving.errors import EndpointEnded, LifetimeInvalid, TooManyKeys
from faur.services.serving.models import Endpoint, Key, TableVersion

Result = TypeVar("Result")
PREFIX = "faur_key_"
SHOWN = len(PREFIX) + 6


def may_issue(actor: Actor, endpoint: Endpoint) -> bool:
    return may_work_in(actor, endpoint.project)


def may_revoke(actor: Actor, key: Key) -> bool:
    return may_work_in(actor, key.endpoint.project) or actor.is_operator


@action("serving.issue_key", may=may_issue)
def issue_key(actor: Actor, endpoint: Endpoint, *, name: str, days: int) -> Statement[tuple[Key, str]]:
    """A new key of `endpoint` that ends after `days`, and its secret, which is shown once and not kept.

    Raises:
        LifetimeInvalid: too short or too long.
        EndpointEnded: the endpoint was stopped.
        TooManyKeys: there are enough valid ones.
    """
    if not rules.is_key_life(days):
        raise LifetimeInvalid(rules.LONGEST_KEY_LIFE.days)
    secret = PREFIX + secrets.token_urlsafe(32)
    key = Key(endpoint=endpoint, name=name.strip() or "key", expires_at=clock.now() + timedelta(days=days))
    return issued(key, secret, (key, secret))


def issued(key: Key, secret: str, result: Result) -> Statement[Result]:
    """Save `key` with what opens it, and say so.

    Raises:
        EndpointEnded: the endpoint was stopped.
        TooManyKeys: there are enough valid ones.
    """
    endpoint = Endpoint.objects.held(key.endpoint.uid)
    if endpoint is None:
        raise EndpointEnded
    if endpoint.keys.valid().count() >= rules.MOST_KEYS:
        raise TooManyKeys(rules.MOST_KEYS)
    key.prefix, key.digest = secret[:SHOWN], digest_of(secret)
    key.save()
    TableVersion.bump()
    return Statement(
        chain=endpoint.project.uid,
        subjects=[key, endpoint],
        claims={"endpoint": endpoint.uid, "prefix": key.prefix, "expires_at": key.expires_at.isoformat()},
        result=result,
    )


@action("serving.revoke_key", may=may_revoke)
def revoke_key(actor: Actor, key: Key) -> Statement[None]:
    """The key opens nothing any more, within a second; revoking it again changes nothing."""
    Key.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=clock.now())
    TableVersion.bump()
    return Statement(
        chain=key.endpoint.project.uid, subjects=[key, key.endpoint], claims={"endpoint": key.endpoint.uid}
    )
