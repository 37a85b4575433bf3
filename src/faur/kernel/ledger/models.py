"""Accounts, what moved between them, and what is held on them. Only this package writes here."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from faur.kernel import clock
from faur.kernel.actors.actor import Actor
from faur.kernel.entities import Entity, EntityQuerySet, UidField

LARGEST_AMOUNT = 2**53 - 1
"""The largest integer that JSON carries between all languages (RFC 7493, 2.2)."""
LARGEST_BALANCE = 2**62
LONGEST_KEY = 200


class AccountKind(models.TextChoices):
    """Only an issuer may go below zero: what it owes is the capacity that it gave out."""

    ISSUER = "issuer", _("issuer")
    HOLDING = "holding", _("holding")
    SPENT = "spent", _("spent")


class AccountQuerySet(EntityQuerySet["Account"]):
    def visible_to(self, actor: Actor) -> Self:
        """The accounts of the actor's projects and organisations; all for those who see all."""
        return self if actor.sees_all else self.filter(owner__in=[*actor.projects, *actor.organisations])


class Account(Entity):
    """A place that holds one unit, in whole numbers. `free` is what is neither spent nor held."""

    uid = UidField("acc")
    owner = models.CharField(max_length=32)
    unit = models.CharField(max_length=32)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, choices=AccountKind.choices)
    balance = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)

    objects = AccountQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "unit", "name"], name="account_once"),
            models.CheckConstraint(condition=Q(held__gte=0), name="account_held_is_not_negative"),
            models.CheckConstraint(
                condition=Q(kind=AccountKind.ISSUER, held=0) | Q(balance__gte=F("held")),
                name="account_held_is_covered",
            ),
            models.CheckConstraint(
                condition=Q(balance__range=(-LARGEST_BALANCE, LARGEST_BALANCE)), name="account_balance_fits"
            ),
        ]

    @property
    def free(self) -> int:
        return self.balance - self.held


class Fixed(models.Model):
    """A row that is written once. The database refuses the rest as well, by triggers."""

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:  # Any: Django's own options
        """Raises TypeError: the row was written before."""
        if not self._state.adding:
            raise TypeError(f"a {self._meta.verbose_name} is never changed; book a correction")
        super().save(**{**options, "force_insert": True})

    def delete(self, using: str | None = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        """Raises TypeError, always."""
        raise TypeError(f"a {self._meta.verbose_name} is never removed; book a correction")


class HoldState(models.TextChoices):
    OPEN = "open", _("held")
    SETTLED = "settled", _("settled")
    RELEASED = "released", _("released")


class Hold(models.Model):
    """An amount that an account keeps for what may yet be used. It closes once, and stays."""

    key = models.CharField(max_length=LONGEST_KEY, unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="holds")
    amount = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=HoldState.choices, default=HoldState.OPEN)
    memo = models.TextField(default="", blank=True)
    created_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gt=0), name="hold_is_positive")]
        indexes: ClassVar = [
            models.Index(fields=["account"], condition=Q(state=HoldState.OPEN), name="hold_open_by_account")
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_open(self) -> bool:
        return self.state == HoldState.OPEN


class Transfer(Fixed, Entity):
    """An amount that moved between two accounts of one unit.

    `shortfall` is what was used beyond the hold that this settles, and so could not be charged.
    """

    uid = UidField("trf")
    key = models.CharField(max_length=LONGEST_KEY + 10, unique=True)
    frm = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    shortfall = models.BigIntegerField(default=0)
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, null=True, related_name="settlement")
    memo = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_is_positive"),
            models.CheckConstraint(condition=Q(shortfall__gte=0), name="transfer_shortfall_is_not_negative"),
            models.CheckConstraint(condition=~Q(frm=F("to")), name="transfer_has_two_accounts"),
        ]


class Posting(Fixed):
    """One side of a transfer: what it added to (or, negative, took from) an account, and the balance that it left."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    amount = models.BigIntegerField()
    balance = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["transfer", "account"], name="posting_once_an_account"),
            models.CheckConstraint(condition=~Q(amount=0), name="posting_is_not_nothing"),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "-id"], name="posting_statement")]

    def __str__(self) -> str:
        return f"{self.amount:+d}"

    @property
    def other(self) -> Account:
        """The account on the other side; no query where the posting comes from a statement."""
        return self.transfer.to if self.transfer.frm_id == self.account_id else self.transfer.frm
