"""A person makes a token: a secret that speaks for them on the API."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.timezone import localdate

from faur.kernel import clock
from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.actors.models import Token, User
from faur.kernel.record import Statement
from faur.services.projects.rules import may_be

DAYS = 90
MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A token with its secret, which is shown now and never again."""

    token: Token
    secret: str


@action("projects.issue_token", may=may_be)
def issue_token(actor: Actor, user: User, *, name: str, days: int = DAYS) -> Statement[IssuedToken]:
    """Make a token that is valid for `days` from now, 1 to 366."""
    expires_at = clock.now() + timedelta(days=days)
    token, secret = Token.issue(user, name, expires_at)
    return Statement(
        subjects=[token], claims={"expires_on": localdate(expires_at).isoformat()}, result=IssuedToken(token, secret)
    )
