"""Keeping an amount for what may be used, and closing that: by what was used, or by letting go."""

from django.db import transaction
from django.db.models import F

from faur.kernel import clock
from faur.kernel.ledger.booking import (
    SETTLEMENT,
    book,
    check_amount,
    check_key,
    check_pair,
    locked,
    write_once,
)
from faur.kernel.ledger.errors import HoldClosed, InsufficientBalance, KeyReused, UnknownHold
from faur.kernel.ledger.models import Account, AccountKind, Hold, HoldState, Transfer
from faur.kernel.units import Unit


def hold(account: Account, amount: int, *, key: str, memo: str = "") -> Hold:
    """Keep `amount` of what is free. The same key again gives the first hold, open or closed, and keeps nothing more.

    Raises:
        InsufficientBalance: less is free.
        KeyReused: the key came before with another account or amount.
        ValueError: a mistake of the caller: no positive whole amount, no proper key, an issuer.
    """
    check_amount(amount)
    check_key(key)
    if account.kind == AccountKind.ISSUER:
        raise ValueError(f"{account.uid} is an issuer: what has no bottom cannot be held")
    with transaction.atomic():
        (kept,) = locked(account)
        first = Hold.objects.filter(key=key).first()
        if first is None:
            return _keep(kept, amount, key, memo)
        if (first.account_id, first.amount) != (account.pk, amount):
            raise KeyReused(key)
        return first


def settle(key: str, used: int, to: Account, *, memo: str = "") -> Transfer | None:
    """Close the hold: move what was used to `to`, and free the rest. None where nothing was used.

    Never more than was held is charged; what was used beyond it stands in the transfer's `shortfall`.
    Settling again with the same figures gives the first transfer and moves nothing.

    Raises:
        UnknownHold: nothing was held under this key.
        HoldClosed: it was released, or settled otherwise.
        ValueError: a mistake of the caller: `used` is negative, `to` has another unit or is the account itself.
    """
    if type(used) is not int or used < 0:
        raise ValueError(f"not an amount: {used!r}")
    with transaction.atomic():
        known = _known(key)
        check_pair(known.account, to)
        payer, payee = locked(known.account, to)
        known.refresh_from_db()
        if not known.is_open:
            return _settled_before(known, used, to)
        _close(known, HoldState.SETTLED)
        if not used:
            _free(known)
            return None
        charged = min(used, known.amount)
        made = Transfer(frm=payer, to=payee, amount=charged, hold=known, memo=memo, key=f"{SETTLEMENT}{key}")
        made.shortfall = used - charged
        return book(made, lifted=known.amount)


def release(key: str) -> Hold:
    """Close the hold and free all of it; releasing again changes nothing.

    Raises:
        UnknownHold: nothing was held under this key.
        HoldClosed: it was settled.
    """
    with transaction.atomic():
        known = _known(key)
        locked(known.account)
        known.refresh_from_db()
        if known.state == HoldState.SETTLED:
            raise HoldClosed(key)
        if known.is_open:
            _close(known, HoldState.RELEASED)
            _free(known)
        return known


def _keep(account: Account, amount: int, key: str, memo: str) -> Hold:
    made = Hold(account=account, amount=amount, key=key, memo=memo)
    write_once(made, key)
    if not Account.objects.filter(pk=account.pk, balance__gte=F("held") + amount).update(held=F("held") + amount):
        raise InsufficientBalance(asked=amount, free=account.free, unit=Unit(account.unit))
    return made


def _known(key: str) -> Hold:
    known = Hold.objects.select_related("account").filter(key=key).first()
    if known is None:
        raise UnknownHold(key)
    return known


def _close(known: Hold, state: HoldState) -> None:
    known.state, known.closed_at = state, clock.now()
    known.save(update_fields=["state", "closed_at"])


def _free(known: Hold) -> None:
    Account.objects.filter(pk=known.account_id).update(held=F("held") - known.amount)


def _settled_before(known: Hold, used: int, to: Account) -> Transfer | None:
    """Raises HoldClosed: what happened before is not what is asked for now."""
    first = Transfer.objects.filter(hold=known).first()
    before = (first.amount + first.shortfall, first.to_id) if first else (0, to.pk)
    if known.state != HoldState.SETTLED or before != (used, to.pk):
        raise HoldClosed(known.key)
    return first
