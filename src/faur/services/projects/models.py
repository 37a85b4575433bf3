"""Organisations and their holdings, projects, pools of a cluster's time, and the allocations made from them."""

import secrets
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faur.kernel import clock
from faur.kernel.actors.actor import Actor, Role
from faur.kernel.entities import Entity, EntityQuerySet, UidField
from faur.kernel.ledger.models import Account
from faur.kernel.units import Unit
from faur.services.projects import countries
from faur.services.projects.explanations import size_word
from faur.services.projects.rules import Figures, Holding, Size, Sizing, enterprise_size

UNITS = [(unit.value, unit.value) for unit in Unit]


def new_salt() -> str:
    """256 random bits that seal a name in the record, in hexadecimal digits."""
    return secrets.token_hex(32)


class Kind(models.TextChoices):
    """What an organisation is, in the words of the access calls."""

    SME = "sme", _("small or medium-sized enterprise")
    STARTUP = "startup", _("start-up")
    LARGE = "large", _("large enterprise")
    UNIVERSITY = "university", _("university")
    RESEARCH = "research", _("research institution")
    PUBLIC = "public", _("public administration")
    NGO = "ngo", _("non-governmental organisation")


ENTERPRISES = frozenset({Kind.SME, Kind.STARTUP, Kind.LARGE})
"""Kinds whose size must be known."""


class OrganisationQuerySet(EntityQuerySet["Organisation"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those for which the actor speaks and those of their projects; all for those who assess, run or inspect."""
        if actor.sees_all or actor.has(Role.EVALUATOR):
            return self.all()
        own_projects = Project.objects.filter(uid__in=actor.projects).values("organisation")
        return self.filter(Q(uid__in=actor.organisations) | Q(pk__in=own_projects))


class Organisation(Entity):
    """Who applies: a legal person with the figures of its last closed year, from which its size follows."""

    uid = UidField("org")
    page = "organisation"
    name = models.CharField(_("name"), max_length=200)
    legal_form = models.CharField(_("legal form"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    country = models.CharField(_("country"), max_length=2)
    vat = models.CharField(_("VAT number"), max_length=20, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=40, blank=True)
    head_office_in_europe = models.BooleanField(_("head office in Europe"), default=True)
    accounts_on = models.DateField(_("closing date of the accounts"), null=True, blank=True)
    staff = models.PositiveIntegerField(_("staff (annual work units)"), null=True, blank=True)
    turnover_eur = models.PositiveBigIntegerField(_("turnover (EUR)"), null=True, blank=True)
    balance_sheet_eur = models.PositiveBigIntegerField(_("balance sheet total (EUR)"), null=True, blank=True)
    autonomous = models.BooleanField(_("no holding of a quarter or more, in either direction"), default=True)
    public_control = models.BooleanField(_("public bodies control a quarter or more"), default=False)
    size = models.CharField(
        _("size"), max_length=10, choices=[(s.value, s.value) for s in Size], default=Size.UNKNOWN.value
    )
    name_salt = models.CharField(max_length=64, default=new_salt, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def country_name(self) -> str:
        return countries.name_of(self.country)

    @property
    def size_word(self) -> str:
        return size_word(self.size)

    @property
    def figures(self) -> Figures | None:
        """Its own figures; none where one of them is not known."""
        if self.staff is None or self.turnover_eur is None or self.balance_sheet_eur is None:
            return None
        return Figures(Fraction(self.staff), Fraction(self.turnover_eur), Fraction(self.balance_sheet_eur))

    def sizing(self, stakes: "list[Stake] | None" = None) -> Sizing:
        """The size and its reasons; `stakes` where they are not in the database yet."""
        figures = self.figures
        if figures is None:
            return Sizing(Size.UNKNOWN)
        ties = list(self.stakes.all()) if stakes is None else stakes
        holdings = [stake.holding for stake in ties]
        return enterprise_size(figures, holdings, public_control=self.public_control)


class Stake(models.Model):
    """A tie between an organisation and another enterprise, whichever of the two holds the other."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="stakes")
    name = models.CharField(_("name"), max_length=200)
    share_percent = models.DecimalField(
        _("share (percent)"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(100))],
    )
    staff = models.PositiveIntegerField(_("staff (annual work units)"))
    turnover_eur = models.PositiveBigIntegerField(_("turnover (EUR)"))
    balance_sheet_eur = models.PositiveBigIntegerField(_("balance sheet total (EUR)"))

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.share_percent} %"

    @property
    def holding(self) -> Holding:
        figures = Figures(Fraction(self.staff), Fraction(self.turnover_eur), Fraction(self.balance_sheet_eur))
        return Holding(self.name, Fraction(self.share_percent), figures)


class ProjectState(models.TextChoices):
    """A project that has ended keeps everything, and holds nothing more."""

    ACTIVE = "active", _("active")
    ENDED = "ended", _("ended")


class ProjectQuerySet(EntityQuerySet["Project"]):
    def visible_to(self, actor: Actor) -> Self:
        """The projects in which the actor has a role; all for operators and auditors."""
        return self.all() if actor.sees_all else self.filter(uid__in=actor.projects)

    def overdue(self, today: date) -> Self:
        """Those whose last day lies before `today`, and that have not been ended."""
        return self.filter(state=ProjectState.ACTIVE, ends_on__lt=today)


class Project(Entity):
    """What an award founds: people, a purpose and an end. Its uid names its chain and its scope."""

    uid = UidField("prj")
    page = "project"
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="projects")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    state = models.CharField(_("state"), max_length=10, choices=ProjectState.choices, default=ProjectState.ACTIVE)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title


class PoolQuerySet(EntityQuerySet["Pool"]):
    def visible_to(self, actor: Actor) -> Self:
        """The pools from which the actor's projects draw; all for those who assess, run or inspect."""
        if actor.sees_all or actor.has(Role.EVALUATOR):
            return self.all()
        drawn = Allocation.objects.filter(project__uid__in=actor.projects).values("pool")
        return self.filter(pk__in=drawn)


class Pool(Entity):
    """A share of a cluster's time that may be awarded. `capacity` in `unit`; `account` is its account in the ledger."""

    uid = UidField("pol")
    page = "pool"
    title = models.CharField(_("title"), max_length=200)
    cluster = models.CharField(_("cluster"), max_length=32)
    unit = models.CharField(_("unit"), max_length=20, choices=UNITS)
    capacity = models.PositiveBigIntegerField(_("capacity"))
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    objects = PoolQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def awarded(self) -> int:
        """What has left it for allocations, in its unit."""
        return self.capacity - self.account.balance


class AllocationQuerySet(EntityQuerySet["Allocation"]):
    def visible_to(self, actor: Actor) -> Self:
        """The allocations of the actor's projects; all for operators and auditors."""
        return self.all() if actor.sees_all else self.filter(project__uid__in=actor.projects)


class Allocation(Entity):
    """What a project was awarded out of a pool. `amount` in `unit`; what is used moves from `account` to `spent`."""

    uid = UidField("alc")
    page = "allocation"
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="allocations")
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="allocations")
    unit = models.CharField(_("unit"), max_length=20, choices=UNITS)
    amount = models.PositiveBigIntegerField(_("amount"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    spent = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")

    objects = AllocationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]


class FailedAttempt(models.Model):
    """One failed log-in or registration under a digest of whom and whence; read to slow down guessing, kept a day."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "at"])]

    def __str__(self) -> str:
        return self.key[:8]
