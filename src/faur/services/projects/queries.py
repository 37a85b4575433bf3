"""Reads of projects: each a fixed number of SQL queries, whatever the rows."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from faur.kernel.actors.actor import FACTORY_SCOPE, Actor, Role
from faur.kernel.actors.models import Grant, User
from faur.kernel.errors import Forbidden, NotFound
from faur.kernel.ids import is_uid
from faur.kernel.ledger import Posting, statement
from faur.kernel.record import FACTORY_CHAIN, Entry, EntryQuerySet, entries, latest
from faur.kernel.record.models import EntrySubject
from faur.services.projects import rules
from faur.services.projects.errors import UnknownPerson
from faur.services.projects.models import (
    Allocation,
    AllocationQuerySet,
    Organisation,
    OrganisationQuerySet,
    Pool,
    PoolQuerySet,
    Project,
    ProjectQuerySet,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a project, with all their roles in it, since the first."""

    user: User
    roles: tuple[Role, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class NamedRole:
    """A role, and the name of the project or organisation in which it holds; none for the factory."""

    role: Role
    scope: str
    title: str


class SeenPlace(NamedTuple):
    """Where an entry stands in the record, and how well it is known."""

    chain: str
    seq: int
    strength: str


def project_visible(actor: Actor, uid: str) -> Project:
    """The project with its organisation; one query. Raises NotFound: not there, or not for this actor."""
    return Project.objects.visible_to(actor).select_related("organisation").get_by_uid(uid)


def projects_of(actor: Actor, *, search: str = "", state: str = "") -> ProjectQuerySet:
    """The projects that the actor may see, with their organisations, newest first."""
    found = Project.objects.visible_to(actor).select_related("organisation")
    if search:
        found = found.filter(Q(title__icontains=search) | Q(organisation__name__icontains=search))
    return found.filter(state=state) if state else found


def organisations_of(actor: Actor, *, search: str = "") -> OrganisationQuerySet:
    """The organisations that the actor may see, with their holdings, newest first."""
    found = Organisation.objects.visible_to(actor).prefetch_related("stakes")
    return found.filter(name__icontains=search) if search else found


def pools_of(actor: Actor, *, search: str = "") -> PoolQuerySet:
    """The pools that the actor may see, with their accounts, newest first."""
    found = Pool.objects.visible_to(actor).select_related("account")
    return found.filter(title__icontains=search) if search else found


def allocations_of(actor: Actor, *, project: str = "", search: str = "") -> AllocationQuerySet:
    """The allocations that the actor may see, with project, pool and accounts, newest first."""
    found = Allocation.objects.visible_to(actor).select_related("project", "pool", "account", "spent")
    if project:
        found = found.filter(project__uid=project)
    return found.filter(Q(project__title__icontains=search) | Q(pool__title__icontains=search)) if search else found


def organisation_for(actor: Actor, uid: str) -> Organisation:
    """The organisation with its holdings; two queries. Raises NotFound: not there, or not for this actor."""
    return organisations_of(actor).get_by_uid(uid)


def pool_for(actor: Actor, uid: str) -> Pool:
    """The pool with its account; one query. Raises NotFound: not there, or not for this actor."""
    return pools_of(actor).get_by_uid(uid)


def allocation_for(actor: Actor, uid: str) -> Allocation:
    """The allocation with project, pool and accounts; one query. Raises NotFound: not there, or not for this actor."""
    return allocations_of(actor).get_by_uid(uid)


def postings_of(allocation: Allocation) -> QuerySet[Posting]:
    """The statement of the allocation's account, newest first."""
    return statement(allocation.account)


def may_work_in(actor: Actor, project: Project) -> bool:
    """Whether the actor may walk the road of this project: run, evaluate, register, serve."""
    return rules.may_work(actor, project.uid)


def may_steward(actor: Actor, project: Project) -> bool:
    """Whether the actor may publish data of this project and approve contracts on it."""
    return rules.may_steward(actor, project.uid)


def is_member(actor: Actor, project: Project) -> bool:
    """Whether the actor has any role in this project."""
    return actor.has_any((Role.LEAD, Role.MEMBER, Role.STEWARD), project.uid)


def members_of(project: Project) -> list[Member]:
    """Everybody in the project, in the order in which they came; one query."""
    held: dict[int, list[Grant]] = {}
    for grant in Grant.objects.in_scope(project.uid):
        held.setdefault(grant.user_id, []).append(grant)
    return [
        Member(grants[0].user, tuple(Role(grant.role) for grant in grants), grants[0].created_at)
        for grants in held.values()
    ]


def member_of(project: Project, uid: str) -> Member:
    """One person in the project, by their uid. Raises NotFound: not in it."""
    for member in members_of(project):
        if member.user.uid == uid:
            return member
    raise NotFound(uid)


def roles_of(actor: Actor) -> list[NamedRole]:
    """The actor's roles by place, with the places' names; two queries."""
    titles = dict(Project.objects.filter(uid__in=actor.projects).values_list("uid", "title"))
    titles |= dict(Organisation.objects.filter(uid__in=actor.organisations).values_list("uid", "name"))
    ordered = sorted(actor.grants, key=lambda held: (held[1] != FACTORY_SCOPE, held[1], held[0]))
    return [NamedRole(role, scope, titles.get(scope, "")) for role, scope in ordered]


def appointments(actor: Actor) -> QuerySet[Grant]:
    """Who has which role in the factory, newest first. Raises Forbidden: only who sees all sees that."""
    if not actor.sees_all:
        raise Forbidden("projects.appoint")
    return Grant.objects.in_scope(FACTORY_SCOPE).order_by("-pk")


def appointment(user: User, role: str) -> Grant:
    """The person's role in the factory. Raises NotFound: they have it not."""
    found = Grant.objects.in_scope(FACTORY_SCOPE).filter(user=user, role=role).first()
    if found is None:
        raise NotFound(user.uid)
    return found


def people(actor: Actor, *, search: str = "") -> QuerySet[User]:
    """Everybody with an account, newest first. Raises Forbidden: only who sees all sees that."""
    if not actor.sees_all:
        raise Forbidden("projects.appoint")
    found = User.objects.order_by("-pk")
    return found.filter(Q(name__icontains=search) | Q(email__icontains=search)) if search else found


def person(actor: Actor, uid: str) -> User:
    """One person, for who sees all. Raises NotFound and Forbidden."""
    found = people(actor).filter(uid=uid).first()
    if found is None:
        raise NotFound(uid)
    return found


def person_by_email(actor: Actor, email: str) -> User:
    """One active person, for who sees all. Raises UnknownPerson and Forbidden."""
    found = people(actor).filter(email=email.strip().lower(), is_active=True).first()
    if found is None:
        raise UnknownPerson
    return found


def record_of(actor: Actor, chain: str, *, verb: str = "") -> EntryQuerySet:
    """The entries of a chain, newest first. Raises NotFound: no such chain, or not for this actor."""
    if chain != FACTORY_CHAIN:
        project_visible(actor, chain)
    elif not actor.sees_all:
        raise NotFound(chain)
    return on_chain(chain, verb=verb)


def on_chain(chain: str, *, verb: str = "") -> EntryQuerySet:
    """The entries of a chain that the actor is known to be allowed to read, newest first."""
    found = entries(chain).order_by("-seq")
    return found.filter(verb=verb) if verb else found


def verbs_on(chain: str) -> list[str]:
    """The verbs that stand on a chain, by name."""
    return list(entries(chain).order_by("verb").values_list("verb", flat=True).distinct())


def places_on(chain: str, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], SeenPlace]:
    """Where the last entry about each thing by each verb stands on a chain; one query, or none for nothing wanted."""
    if not wanted:
        return {}
    uids, verbs = {uid for uid, _verb in wanted}, {verb for _uid, verb in wanted}
    named = EntrySubject.objects.filter(uid__in=uids, entry__chain=chain, entry__verb__in=verbs).order_by("entry_id")
    rows = named.values_list("uid", "entry__verb", "entry__seq", "entry__strength")
    return {(uid, verb): SeenPlace(chain, seq, strength) for uid, verb, seq, strength in rows}


def last_seq(chain: str) -> int:
    """The number of the last entry of a chain; 0 where it is empty."""
    last = latest(chain)
    return last.seq if last else 0


def entry_for(actor: Actor, chain: str, seq: int) -> Entry:
    """One entry. Raises NotFound: not there, or not for this actor."""
    found = record_of(actor, chain).filter(seq=seq).first()
    if found is None:
        raise NotFound(f"{chain}#{seq}")
    return found


def names_of(uids: Iterable[str]) -> dict[str, str]:
    """The names of people by their uids, for who may see what they did; one query."""
    wanted = {uid for uid in uids if is_uid(uid, "usr")}
    return dict(User.objects.filter(uid__in=wanted).values_list("uid", "name"))
