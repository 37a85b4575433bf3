"""From a session or a token to an actor, and from an actor to more or fewer grants."""

from faur.kernel import clock
from faur.kernel.actors.actor import FACTORY_SCOPE, Actor, Role
from faur.kernel.actors.models import Grant, Token, User, digest_of


def actor_of(user: User) -> Actor:
    """The actor behind a person; one query."""
    grants = frozenset((Role(role), scope) for role, scope in user.grants.values_list("role", "scope"))
    return Actor(pk=user.pk, uid=user.uid, name=user.name, grants=grants)


def user_by_token(secret: str) -> User | None:
    """The active person for whom this token speaks now, if any; one query."""
    token = (
        Token.objects.valid(clock.now())
        .filter(digest=digest_of(secret), user__is_active=True)
        .select_related("user")
        .first()
    )
    return token.user if token else None


def grant(user: User, role: Role, scope: str = FACTORY_SCOPE) -> None:
    """Give `user` the role in the scope; giving it again changes nothing."""
    Grant.objects.get_or_create(user=user, role=role, scope=scope)


def withdraw(user: User, role: Role, scope: str = FACTORY_SCOPE) -> None:
    """Take the role away; taking what is not there changes nothing."""
    Grant.objects.filter(user=user, role=role, scope=scope).delete()
