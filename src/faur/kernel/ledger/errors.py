"""What the ledger refuses."""

from http import HTTPStatus

from django.utils.translation import gettext as _

from faur.kernel.errors import Refusal
from faur.kernel.units import Unit


class InsufficientBalance(Refusal):
    """The account has less free than was asked for. `asked` and `free` are in the account's unit."""

    code = "ledger.insufficient"
    status = HTTPStatus.CONFLICT

    def __init__(self, asked: int, free: int, unit: Unit) -> None:
        super().__init__(
            _("This needs %(asked)d %(unit)s; %(free)d are free.") % {"asked": asked, "free": free, "unit": unit},
            hint=_("Ask for less, or wait until something that is held is released."),
        )
        self.asked = asked
        self.free = free
        self.unit = unit


class KeyReused(Refusal):
    """The idempotency key came before, with other accounts or another amount."""

    code = "ledger.key_reused"
    status = HTTPStatus.CONFLICT

    def __init__(self, key: str) -> None:
        super().__init__(
            _("The key “%(key)s” was used before, for something else.") % {"key": key},
            hint=_("Use a new key for a new booking."),
        )
        self.key = key


class UnknownHold(Refusal):
    """Nothing was ever held under this key."""

    code = "ledger.unknown_hold"
    status = HTTPStatus.NOT_FOUND

    def __init__(self, key: str) -> None:
        super().__init__(
            _("Nothing is held under “%(key)s”.") % {"key": key}, hint=_("Check the key; a hold comes first.")
        )
        self.key = key


class HoldClosed(Refusal):
    """The hold was settled or released before, and not in this way."""

    code = "ledger.hold_closed"
    status = HTTPStatus.CONFLICT

    def __init__(self, key: str) -> None:
        super().__init__(
            _("What was held under “%(key)s” is settled or released already.") % {"key": key},
            hint=_("Look at the statement of the account; a correction is a new transfer."),
        )
        self.key = key
