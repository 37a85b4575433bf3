"""The portal's own key of an endpoint: what its page asks with, metered like any other."""

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings

from faur.kernel import clock
from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.actors.models import digest_of
from faur.kernel.record import Statement
from faur.services.projects.public import may_work_in
from faur.services.serving.actions.keys import PREFIX, SHOWN
from faur.services.serving.models import Endpoint, Key, TableVersion

NAME = "portal"
LASTS = timedelta(days=30)


def _may(actor: Actor, endpoint: Endpoint) -> bool:
    return may_work_in(actor, endpoint.project)


def portal_secret(actor: Actor, endpoint: Endpoint) -> str:
    """The secret of the portal's key of this endpoint: worked out each time from the site's own, kept nowhere."""
    spent = endpoint.keys.filter(name=NAME)
    valid = spent.filter(revoked_at__isnull=True, expires_at__gt=clock.now() + timedelta(minutes=5)).first()
    if valid is None:
        return issue_portal_key(actor, endpoint)
    return _secret(endpoint, spent.filter(pk__lt=valid.pk).count())


@action("serving.issue_portal_key", may=_may)
def issue_portal_key(actor: Actor, endpoint: Endpoint) -> Statement[str]:
    """A key that the endpoint's page asks with; anybody who may issue keys may revoke it too."""
    secret = _secret(endpoint, endpoint.keys.filter(name=NAME).count())
    key = Key(
        endpoint=endpoint,
        name=NAME,
        prefix=secret[:SHOWN],
        digest=digest_of(secret),
        expires_at=clock.now() + LASTS,
    )
    key.save()
    TableVersion.bump()
    return Statement(
        chain=endpoint.project.uid,
        subjects=[key, endpoint],
        claims={"endpoint": endpoint.uid, "prefix": key.prefix, "expires_at": key.expires_at.isoformat()},
        result=secret,
    )


def _secret(endpoint: Endpoint, number: int) -> str:
    said = f"portal key {number} of {endpoint.uid}".encode()
    return PREFIX + hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()
