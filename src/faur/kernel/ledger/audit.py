"""The books examined from the outside: each figure computed again from the postings below it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, Window
from django.db.models.functions import Coalesce, Lag

from faur.kernel.ledger.models import Account, Hold, HoldState, Posting, Transfer


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not add up. `where` is a unit, or the uid of an account or a transfer."""

    what: str
    where: str
    expected: int
    found: int


def check() -> list[Problem]:
    """What is wrong in the books; empty is what always holds. Six queries, whatever the rows."""
    return [*_units(), *_transfers(), *_mixed_units(), *_balances(), *_holds(), *_running_balances()]


def _units() -> Iterator[Problem]:
    sums = Posting.objects.values("account__unit").annotate(sum=Sum("amount")).exclude(sum=0)
    for row in sums.order_by("account__unit"):
        yield Problem("the postings of a unit sum to zero", row["account__unit"], 0, row["sum"])


def _transfers() -> Iterator[Problem]:
    """Two postings each: the amount away from one account, and on to the other."""
    away = Q(postings__account=F("frm"), postings__amount=-F("amount"))
    onto = Q(postings__account=F("to"), postings__amount=F("amount"))
    proper = Count("postings", filter=away | onto)
    for transfer in Transfer.objects.annotate(proper=proper, all=Count("postings")).exclude(proper=2, all=2):
        yield Problem("a transfer has its two postings", transfer.uid, 2, transfer.proper)


def _mixed_units() -> Iterator[Problem]:
    for transfer in Transfer.objects.exclude(frm__unit=F("to__unit")):
        yield Problem("a transfer has one unit", transfer.uid, 1, 2)


def _balances() -> Iterator[Problem]:
    postings = Posting.objects.filter(account=OuterRef("pk"))
    for uid, expected, found in _where_sums_differ(postings, "balance"):
        yield Problem("a balance is the sum of its postings", uid, expected, found)


def _holds() -> Iterator[Problem]:
    holds = Hold.objects.filter(account=OuterRef("pk"), state=HoldState.OPEN)
    for uid, expected, found in _where_sums_differ(holds, "held"):
        yield Problem("what is held is the sum of the open holds", uid, expected, found)


def _where_sums_differ(rows: QuerySet[Posting] | QuerySet[Hold], figure: str) -> Iterable[tuple[str, int, int]]:
    """The uid of each account, the sum of `rows`' amounts for it, and the different `figure` on it."""
    sums = rows.order_by().values("account").annotate(sum=Sum("amount")).values("sum")
    accounts = Account.objects.annotate(sum=Coalesce(Subquery(sums), Value(0)))
    return accounts.exclude(**{figure: F("sum")}).values_list("uid", "sum", figure)


def _running_balances() -> Iterator[Problem]:
    before = Window(Lag("balance", default=Value(0)), partition_by="account", order_by="pk")
    wrong = Posting.objects.annotate(expected=before + F("amount")).exclude(balance=F("expected"))
    for posting in wrong.select_related("account"):
        yield Problem("each posting continues the one before", posting.account.uid, posting.expected, posting.balance)
