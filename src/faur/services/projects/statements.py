"""An allocation's statement in words: where each amount came from or went, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from faur.kernel.ids import prefix_of
from faur.kernel.ledger import Hold, Posting
from faur.kernel.ledger.models import AccountKind
from faur.services.projects.entry_facts import url_of


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement. Amounts in the account's unit; `shortfall` was used but could not be charged."""

    text: str
    url: str
    amount: int
    at: datetime
    balance: int = 0
    shortfall: int = 0


def statement_lines(postings: Iterable[Posting]) -> list[Line]:
    """The postings in words, in the order given."""
    return [_line(posting) for posting in postings]


def held_lines(holds: Iterable[Hold]) -> list[Line]:
    """What is held now, and for what."""
    return [Line(hold.memo or hold.key, url_of(hold.memo), hold.amount, hold.created_at) for hold in holds]


def _line(posting: Posting) -> Line:
    transfer, other = posting.transfer, posting.other
    if other.kind == AccountKind.SPENT:
        text, url = _("Used by %(thing)s") % {"thing": transfer.memo}, url_of(transfer.memo)
    elif prefix_of(other.owner) == "pol":
        text, url = _("Awarded out of the pool"), url_of(other.owner)
    else:
        text, url = transfer.memo or other.name, url_of(transfer.memo)
    return Line(text, url, posting.amount, transfer.created_at, posting.balance, transfer.shortfall)
