"""How work draws on an allocation: hold what it could use at most, then settle what it used or let go of it all."""

from faur.kernel import clock, ledger
from faur.kernel.ledger import Balance
from faur.services.projects import rules
from faur.services.projects.amounts import asked_and_free
from faur.services.projects.errors import AllocationClosed, AllocationExhausted
from faur.services.projects.models import Allocation, ProjectState


def hold_for(allocation: Allocation, amount: int, key: str) -> None:
    """Set `amount` (in the allocation's unit) aside under `key`; the same key again changes nothing.

    Raises:
        AllocationClosed: today lies outside its period, or its project has ended.
        AllocationExhausted: less than `amount` is free.
    """
    open_now = rules.is_open(allocation.starts_on, allocation.ends_on, clock.today())
    if not open_now or allocation.project.state != ProjectState.ACTIVE:
        raise AllocationClosed(allocation.starts_on, allocation.ends_on)
    try:
        ledger.hold(allocation.account, amount, key=key, memo=key)
    except ledger.InsufficientBalance as short:
        raise AllocationExhausted(*asked_and_free(short)) from short


def settle_for(allocation: Allocation, key: str, used: int) -> None:
    """Charge `used` of what is held under `key`, never more than is held, and free the rest.

    Settling again with the same figures changes nothing. Raises UnknownHold and HoldClosed as the ledger does.
    """
    ledger.settle(key, used, allocation.spent, memo=key)


def release_for(allocation: Allocation, key: str) -> None:
    """Free all that is held under `key`; again changes nothing. Raises UnknownHold and HoldClosed (it was settled)."""
    ledger.release(key)


def balance_of(allocation: Allocation) -> Balance:
    """What is left, what is held and what is free, in the allocation's unit."""
    return ledger.balance(allocation.account)
