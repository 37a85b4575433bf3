"""Double-entry accounts in whole numbers, with hold and settle. A balance is never negative, a hold always covered.

Every function works in the caller's transaction. Every booking has an idempotency key.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faur.kernel.ledger.accounts import Balance, balance, holds_of, open_account, statement
    from faur.kernel.ledger.audit import Problem, check
    from faur.kernel.ledger.errors import HoldClosed, InsufficientBalance, KeyReused, UnknownHold
    from faur.kernel.ledger.holds import hold, release, settle
    from faur.kernel.ledger.models import Account, AccountKind, Hold, Posting, Transfer
    from faur.kernel.ledger.transfers import transfer

__all__ = [
    "Account",
    "AccountKind",
    "Balance",
    "Hold",
    "HoldClosed",
    "InsufficientBalance",
    "KeyReused",
    "Posting",
    "Problem",
    "Transfer",
    "UnknownHold",
    "balance",
    "check",
    "hold",
    "holds_of",
    "open_account",
    "release",
    "settle",
    "statement",
    "transfer",
]

_ROOMS = {
    "accounts": ("Balance", "balance", "holds_of", "open_account", "statement"),
    "audit": ("Problem", "check"),
    "errors": ("HoldClosed", "InsufficientBalance", "KeyReused", "UnknownHold"),
    "holds": ("hold", "release", "settle"),
    "models": ("Account", "AccountKind", "Hold", "Posting", "Transfer"),
    "transfers": ("transfer",),
}


_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    """The front door opens at first use: Django imports this package before its tables can be known."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
    globals()[name] = found
    return found
