"""The one who acts, as every rule and every list sees them: an identity and the roles granted to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from faur.kernel.ids import prefix_of

FACTORY_SCOPE = "factory"


class Role(StrEnum):
    """The first three are roles in the factory, the fourth in an organisation, the last three in a project."""

    OPERATOR = "operator"
    EVALUATOR = "evaluator"
    AUDITOR = "auditor"
    REPRESENTATIVE = "representative"
    LEAD = "lead"
    MEMBER = "member"
    STEWARD = "steward"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """An identity with its grants `(role, scope)`; a scope is a uid (`prj_…`, `org_…`) or `factory`."""

    pk: int
    uid: str
    name: str
    grants: frozenset[tuple[Role, str]]

    def has(self, role: Role, scope: str = FACTORY_SCOPE) -> bool:
        return (role, scope) in self.grants

    def has_any(self, roles: Iterable[Role], scope: str) -> bool:
        return any((role, scope) in self.grants for role in roles)

    def scopes(self, prefix: str) -> tuple[str, ...]:
        """The uids of a kind (`prj`, `org`) in which the actor has any role."""
        return tuple(sorted({scope for _, scope in self.grants if prefix_of(scope) == prefix}))

    @property
    def projects(self) -> tuple[str, ...]:
        return self.scopes("prj")

    @property
    def organisations(self) -> tuple[str, ...]:
        return self.scopes("org")

    @property
    def is_operator(self) -> bool:
        return self.has(Role.OPERATOR)

    @property
    def sees_all(self) -> bool:
        """Operators run the place and auditors inspect it: both may read everything, auditors only read."""
        return self.has(Role.OPERATOR) or self.has(Role.AUDITOR) or self.has(Role.SYSTEM)

    @property
    def is_system(self) -> bool:
        return self.has(Role.SYSTEM)

    @property
    def is_anonymous(self) -> bool:
        return self.pk == 0 and not self.is_system


SYSTEM = Actor(pk=0, uid="system", name="the factory", grants=frozenset({(Role.SYSTEM, FACTORY_SCOPE)}))
"""The factory acting by itself: reconcilers and importers."""

ANONYMOUS = Actor(pk=0, uid="anonymous", name="", grants=frozenset())
"""Nobody in particular: may see what is public."""


@dataclass(frozen=True, slots=True)
class Factory:
    """The thing acted upon where there is no other: opening a call, registering a cluster."""

    uid: str = FACTORY_SCOPE


FACTORY = Factory()
