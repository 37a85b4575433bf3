"""The mechanics under every verb of the ledger: locks in one order, keys used once, two postings that sum to zero."""

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from faur.kernel.ledger.errors import InsufficientBalance, KeyReused
from faur.kernel.ledger.models import LARGEST_AMOUNT, LONGEST_KEY, Account, AccountKind, Posting, Transfer
from faur.kernel.units import Unit

SETTLEMENT = "settle:"
"""Begins the keys that the ledger makes itself."""


def locked(*accounts: Account) -> list[Account]:
    """The accounts as they are now, in the order asked for; nobody else changes them before this transaction ends.

    Locks are taken in the order of the rows' keys, so that two transfers never wait for each other.
    """
    keys = {account.pk for account in accounts}
    rows = Account.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").in_bulk()
    return [rows[account.pk] for account in accounts]


def book(made: Transfer, *, lifted: int = 0) -> Transfer:
    """Write a transfer and its two postings, and move the balances. Its accounts are locked, as they are now.

    `lifted` is what the transfer frees of the payer's held amount, for it to be charged from.

    Raises:
        InsufficientBalance: the payer has less free.
        KeyReused: the key was used at this moment, between other accounts.
    """
    write_once(made, made.key)
    take(made.frm, made.amount, lifted=lifted)
    Account.objects.filter(pk=made.to.pk).update(balance=F("balance") + made.amount)
    sides = ((made.frm, -made.amount), (made.to, made.amount))
    Posting.objects.bulk_create(
        Posting(transfer=made, account=account, amount=amount, balance=account.balance + amount)
        for account, amount in sides
    )
    return made


def take(account: Account, amount: int, *, lifted: int) -> None:
    """Lower the balance, and what is held by `lifted`, if enough is free then. Raises InsufficientBalance."""
    enough = Q(kind=AccountKind.ISSUER) | Q(balance__gte=F("held") - lifted + amount)
    changed = Account.objects.filter(enough, pk=account.pk, held__gte=lifted).update(
        balance=F("balance") - amount, held=F("held") - lifted
    )
    if not changed:
        raise InsufficientBalance(asked=amount, free=account.free + lifted, unit=Unit(account.unit))


def write_once(row: models.Model, key: str) -> None:
    """Raises KeyReused: another transaction has used the key since this one looked."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise KeyReused(key) from error


def check_amount(amount: int) -> None:
    """Raises ValueError: not a whole, positive number that JSON can carry. The caller's mistake, not the user's."""
    if type(amount) is not int or not 0 < amount <= LARGEST_AMOUNT:
        raise ValueError(f"not an amount: {amount!r}")


def check_key(key: str) -> None:
    """Raises ValueError: empty, too long, or of the form that the ledger keeps for itself."""
    if not 0 < len(key) <= LONGEST_KEY or key.startswith(SETTLEMENT):
        raise ValueError(f"not an idempotency key: {key!r}")


def check_pair(frm: Account, to: Account) -> None:
    """Raises ValueError: one account twice, or two units."""
    if frm.pk == to.pk or frm.unit != to.unit:
        raise ValueError(f"no transfer between {frm.uid} ({frm.unit}) and {to.uid} ({to.unit})")
