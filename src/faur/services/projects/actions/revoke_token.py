"""A person takes a token back; from that moment it opens nothing."""

from faur.kernel import clock
from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.actors.models import Token
from faur.kernel.record import Statement
from faur.services.projects.rules import may_hold


@action("projects.revoke_token", may=may_hold)
def revoke_token(actor: Actor, token: Token) -> Statement[None]:
    """Make the token worthless. One that is revoked already stays as it is."""
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
    return Statement(subjects=[token], claims={})
