"""Moving an amount from one account to another."""

from django.db import transaction

from faur.kernel.ledger.booking import book, check_amount, check_key, check_pair, locked
from faur.kernel.ledger.errors import KeyReused
from faur.kernel.ledger.models import Account, Transfer


def transfer(frm: Account, to: Account, amount: int, *, key: str, memo: str = "") -> Transfer:
    """Move `amount`, in the unit of both accounts. The same key again gives the first transfer and moves nothing.

    `memo` is a note for people and no part of what a key stands for.

    Raises:
        InsufficientBalance: `frm` has less free; an issuer always has enough.
        KeyReused: the key came before with other accounts or another amount.
        ValueError: a mistake of the caller: no positive whole amount, one account twice, two units, no proper key.
    """
    check_amount(amount)
    check_key(key)
    check_pair(frm, to)
    with transaction.atomic():
        payer, payee = locked(frm, to)
        first = Transfer.objects.filter(key=key).first()
        if first is None:
            return book(Transfer(frm=payer, to=payee, amount=amount, key=key, memo=memo))
        if (first.frm_id, first.to_id, first.amount) != (frm.pk, to.pk, amount):
            raise KeyReused(key)
        return first
