"""Opening accounts and reading them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from faur.kernel.ledger.models import Account, AccountKind, Hold, HoldState, Posting
from faur.kernel.units import Unit


@dataclass(frozen=True, slots=True)
class Balance:
    """In the account's unit; `free` is what can be spent or held now."""

    balance: int
    held: int
    free: int


def open_account(owner: str, unit: Unit, name: str, kind: AccountKind = AccountKind.HOLDING) -> Account:
    """The account of `owner` (a uid) with this unit and name; opened where there is none yet.

    Raises:
        ValueError: it was opened before, with another kind.
    """
    account, _ = Account.objects.get_or_create(owner=owner, unit=unit, name=name, defaults={"kind": kind})
    if account.kind != kind:
        raise ValueError(f"{account.uid} is of the kind {account.kind}, not {kind}")
    return account


def balance(account: Account) -> Balance:
    """As it is now, whatever the row in hand says; one query."""
    now, held = Account.objects.values_list("balance", "held").get(pk=account.pk)
    return Balance(balance=now, held=held, free=now - held)


def statement(account: Account) -> QuerySet[Posting]:
    """All that moved, newest first. Each posting carries the balance that it left, and its other account."""
    return Posting.objects.filter(account=account).select_related("transfer__frm", "transfer__to").order_by("-pk")


def holds_of(account: Account) -> QuerySet[Hold]:
    """What is held now, oldest first."""
    return Hold.objects.filter(account=account, state=HoldState.OPEN).order_by("pk")
