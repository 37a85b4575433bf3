"""Many writers at once, each on a connection of its own: no balance below zero, no key used twice, no deadlock."""

from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faur.kernel.ids import new_uid
from faur.kernel.ledger import (
    Account,
    AccountKind,
    HoldClosed,
    InsufficientBalance,
    KeyReused,
    Transfer,
    UnknownHold,
    balance,
    check,
    hold,
    open_account,
    release,
    settle,
    transfer,
)
from faur.kernel.tests.side_by_side import at_once
from faur.kernel.units import Unit

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 6
REFUSALS = (InsufficientBalance, KeyReused, HoldClosed, UnknownHold)


class Office:
    """Four accounts with 60 each, and clerks who book what they are told, whatever the others do."""

    def __init__(self) -> None:
        self.name = new_uid("prj")
        issuer = open_account(self.name, Unit.CORE_SECONDS, "issuer", AccountKind.ISSUER)
        self.accounts = [open_account(self.name, Unit.CORE_SECONDS, name) for name in "abcd"]
        self.spent = open_account(self.name, Unit.CORE_SECONDS, "spent", AccountKind.SPENT)
        for number, account in enumerate(self.accounts):
            transfer(issuer, account, 60, key=self.key("award", number))

    def key(self, kind: str, number: int) -> str:
        return f"{self.name}/{kind}/{number}"

    def book(self, order: tuple[str, int, int, int]) -> str:
        """Book one order. Keys are few, so that writers meet on them."""
        kind, account, amount, key = order
        payer = self.accounts[account]
        payee = self.accounts[(account + 1 + amount % 3) % 4]
        {
            "move": lambda: transfer(payer, payee, amount, key=self.key("move", key)),
            "hold": lambda: hold(payer, amount, key=self.key("hold", key)),
            "settle": lambda: settle(self.key("hold", key), amount, self.spent),
            "release": lambda: release(self.key("hold", key)),
        }[kind]()
        return kind


orders = st.tuples(
    st.sampled_from(["move", "hold", "hold", "settle", "release"]),
    st.integers(0, 3),
    st.integers(1, 40),
    st.integers(0, 25),
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans=st.lists(st.lists(orders, min_size=8, max_size=15), min_size=WRITERS, max_size=WRITERS))
def test_the_books_stay_right_whatever_many_writers_do(plans) -> None:
    office = Office()
    outcomes = at_once([lambda plan=plan: [_try(office, order) for order in plan] for plan in plans])
    assert not [outcome for plan in outcomes for outcome in plan if outcome not in ("done", "refused")]
    assert check() == []
    assert all(0 <= row.held <= row.balance for row in Account.objects.exclude(kind=AccountKind.ISSUER))


def test_the_last_of_a_balance_is_spent_once() -> None:
    office = Office()
    account, spent = office.accounts[0], office.spent
    taking = [lambda number=number: _taken(account, spent, f"{office.name}/take/{number}") for number in range(WRITERS)]
    taken = Counter(at_once(taking))
    assert taken == {True: 2, False: WRITERS - 2}
    assert balance(account).balance == 0
    assert check() == []


def test_the_same_booking_by_many_happens_once() -> None:
    office = Office()
    account, spent = office.accounts[0], office.spent
    made = at_once([lambda: transfer(account, spent, 10, key=office.key("same", 1)).uid] * WRITERS)
    assert len(set(made)) == 1
    assert Transfer.objects.filter(to=spent).count() == 1
    assert balance(account).balance == 50


def test_one_key_used_by_many_for_different_things_is_given_to_one() -> None:
    office = Office()
    key, spent = office.key("same", 1), office.spent
    booking = [lambda account=account: _keyed(account, spent, key) for account in office.accounts]
    assert Counter(at_once(booking)) == {True: 1, False: 3}
    assert check() == []


def test_a_hold_is_settled_or_released_but_never_both() -> None:
    office = Office()
    for number in range(10):
        key = office.key("hold", number)
        hold(office.accounts[number % 4], 10, key=key)
        closing = [
            lambda key=key: _closed(lambda: settle(key, 4, office.spent)),
            lambda key=key: _closed(lambda: release(key)),
        ]
        assert sorted(at_once(closing)) == [False, True]
    assert check() == []


def test_opposite_transfers_never_wait_for_each_other() -> None:
    office = Office()
    first, second = office.accounts[:2]

    def swing(number: int) -> None:
        there, back = (first, second) if number % 2 else (second, first)
        for turn in range(15):
            transfer(there, back, 1, key=f"{office.name}/{number}/{turn}")

    at_once([lambda number=number: swing(number) for number in range(WRITERS)])
    assert (balance(first).balance, balance(second).balance) == (60, 60)
    assert check() == []


def _try(office: Office, order: tuple[str, int, int, int]) -> object:
    try:
        office.book(order)
    except REFUSALS:
        return "refused"
    except Exception as error:
        return error
    return "done"


def _taken(account: Account, spent: Account, key: str) -> bool:
    with suppress(InsufficientBalance):
        return bool(transfer(account, spent, 30, key=key))
    return False


def _keyed(account: Account, spent: Account, key: str) -> bool:
    with suppress(KeyReused):
        return bool(transfer(account, spent, 10, key=key))
    return False


def _closed(close) -> bool:
    with suppress(HoldClosed):
        return bool(close())
    return False
