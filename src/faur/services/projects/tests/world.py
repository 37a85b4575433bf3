"""A small factory for tests: people, an organisation, a pool and a project, each made by the verb that makes it."""

from datetime import date, timedelta

from django.test import override_settings
from django.utils import timezone

from faur.kernel.actors.actor import FACTORY, SYSTEM, Actor, Role
from faur.kernel.actors.directory import actor_of
from faur.kernel.actors.models import Token, User
from faur.kernel.units import HOUR, Unit
from faur.services.compute.models import Cluster
from faur.services.projects.actions.appoint import appoint
from faur.services.projects.actions.found_project import Founded, ProjectFacts, found_project
from faur.services.projects.actions.open_pool import PoolFacts, open_pool
from faur.services.projects.actions.register_organisation import OrganisationFacts, register_organisation
from faur.services.projects.actions.register_person import register_person
from faur.services.projects.models import Organisation, Pool

FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PASSWORD = "granite-otter-lamp-7"


def today() -> date:
    return timezone.localdate()


def person(name: str = "Ana", *roles: Role) -> User:
    """Somebody with an account, and with these roles in the factory. The password is hashed fast, and opens nothing."""
    with override_settings(PASSWORD_HASHERS=FAST):
        user = register_person(SYSTEM, FACTORY, email=f"{name.lower()}@example.org", name=name, password=PASSWORD)
    for role in roles:
        appoint(SYSTEM, FACTORY, user=user, role=role)
    return user


def acting(user: User) -> Actor:
    """The actor behind a person, with the roles that they have now."""
    return actor_of(User.objects.get(pk=user.pk))


def bearer(user: User) -> dict[str, str]:
    """The header with which the person asks the API."""
    return {"Authorization": f"Bearer {Token.issue(user, 'test', None)[1]}"}


def organisation(user: User, name: str = "Atelier") -> Organisation:
    facts = OrganisationFacts(
        name=name, kind="sme", country="RO", staff=11, turnover_eur=1_400_000, balance_sheet_eur=900_000
    )
    return register_organisation(acting(user), FACTORY, facts)


def cluster() -> str:
    """The identifier of a cluster; there is one."""
    return Cluster.objects.get_or_create(kind="local", defaults={"name": "local", "title": "This machine"})[0].uid


def pool(hours: int = 100) -> Pool:
    facts = PoolFacts(
        title="Playground", cluster=cluster(), unit=Unit.CORE_SECONDS, capacity=hours * HOUR,
        starts_on=today() - timedelta(days=1), ends_on=today() + timedelta(days=365),
    )  # fmt: skip
    return open_pool(SYSTEM, FACTORY, facts)


def project(lead: User, *, source: Pool | None = None, hours: int = 10, days: int = 90) -> Founded:
    """A project of `lead` with an allocation of `hours` core hours, for `days` from today."""
    facts = ProjectFacts(
        title="Seeing tumours",
        summary="Tells benign from malignant.",
        organisation=organisation(lead),
        lead=lead,
        amount=hours * HOUR,
        starts_on=today(),
        ends_on=today() + timedelta(days=days),
        grown_from=("awd_test",),
    )
    return found_project(SYSTEM, source or pool(), facts)
