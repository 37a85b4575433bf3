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
from faur.services.serving.actions.keys import PREFIX, issued, may_issue
from faur.services.serving.models import Endpoint, Key

NAME = "portal"
LASTS = timedelta(days=30)


def portal_secret(actor: Actor, endpoint: Endpoint) -> str:
    """The secret of the portal's key of this endpoint: worked out each time from the site's own, kept nowhere.

    Ask first whether the actor may issue keys. Raises what issuing one does.
    """
    soon = clock.now() + timedelta(minutes=5)
    for key in endpoint.keys.valid().filter(name=NAME, expires_at__gt=soon).order_by("-pk"):
        secret = _secret(key)
        if digest_of(secret) == key.digest:  # a person may call a key of their own so
            return secret
    return issue_portal_key(actor, endpoint)


@action("serving.issue_portal_key", may=may_issue)
def issue_portal_key(actor: Actor, endpoint: Endpoint) -> Statement[str]:
    """A key that the endpoint's page asks with; anybody who may issue keys may revoke it too."""
    key = Key(endpoint=endpoint, name=NAME, expires_at=clock.now() + LASTS)
    secret = _secret(key)
    return issued(key, secret, secret)


def _secret(key: Key) -> str:
    said = f"portal key {key.uid}".encode()
    return PREFIX + hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()
