"""Whatever is booked, in whatever order, the ledger agrees with the plainest model of itself."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from faur.kernel.ids import new_uid
from faur.kernel.ledger import (
    AccountKind,
    Balance,
    HoldClosed,
    InsufficientBalance,
    balance,
    check,
    hold,
    open_account,
    release,
    settle,
    transfer,
)
from faur.kernel.units import Unit

amounts = st.integers(1, 50)


@dataclass
class Held:
    """A hold as the model knows it; `ending` says how it closed."""

    account: int
    amount: int
    ending: object = None


class Books(RuleBasedStateMachine):
    """Three accounts that an issuer feeds, and one that only receives; the model is four numbers and what is held."""

    keys = Bundle("keys")

    @initialize()
    def open(self) -> None:
        self.owner = new_uid("prj")
        self.issuer = open_account(self.owner, Unit.GPU_SECONDS, "issuer", AccountKind.ISSUER)
        self.accounts = [open_account(self.owner, Unit.GPU_SECONDS, name) for name in "abc"]
        self.spent = open_account(self.owner, Unit.GPU_SECONDS, "spent", AccountKind.SPENT)
        self.balances, self.held, self.spent_balance = [0, 0, 0], {}, 0
        self.number = 0

    @rule(to=st.integers(0, 2), amount=amounts)
    def issue(self, to: int, amount: int) -> None:
        transfer(self.issuer, self.accounts[to], amount, key=self.key())
        self.balances[to] += amount

    @rule(frm=st.integers(0, 2), step=st.integers(1, 2), amount=amounts, again=st.booleans())
    def move(self, frm: int, step: int, amount: int, again: bool) -> None:
        to, key = (frm + step) % 3, self.key()
        if amount > self.free(frm):
            with pytest.raises(InsufficientBalance) as refused:
                transfer(self.accounts[frm], self.accounts[to], amount, key=key)
            assert refused.value.free == self.free(frm)
            return
        made = transfer(self.accounts[frm], self.accounts[to], amount, key=key)
        self.balances[frm] -= amount
        self.balances[to] += amount
        if again:
            assert transfer(self.accounts[frm], self.accounts[to], amount, key=key) == made

    @rule(target=keys, account=st.integers(0, 2), amount=amounts)
    def keep(self, account: int, amount: int) -> object:
        key = self.key()
        if amount > self.free(account):
            with pytest.raises(InsufficientBalance) as refused:
                hold(self.accounts[account], amount, key=key)
            assert refused.value.free == self.free(account)
            return multiple()
        hold(self.accounts[account], amount, key=key)
        self.held[key] = Held(account, amount)
        return key

    @rule(key=keys, used=st.integers(0, 80))
    def settle(self, key: str, used: int) -> None:
        kept = self.held[key]
        if kept.ending not in (None, used):
            with pytest.raises(HoldClosed):
                settle(key, used, self.spent)
            return
        made = settle(key, used, self.spent)
        charged = min(used, kept.amount)
        assert (made.amount, made.shortfall) == (charged, used - charged) if used else made is None
        if kept.ending is None:
            self.balances[kept.account] -= charged
            self.spent_balance += charged
            kept.ending = used

    @rule(key=keys)
    def release(self, key: str) -> None:
        kept = self.held[key]
        if kept.ending not in (None, "released"):
            with pytest.raises(HoldClosed):
                release(key)
            return
        release(key)
        kept.ending = "released"

    @rule(key=keys)
    def hold_again(self, key: str) -> None:
        kept = self.held[key]
        assert hold(self.accounts[kept.account], kept.amount, key=key).is_open == (kept.ending is None)

    @invariant()
    def agrees(self) -> None:
        for index, account in enumerate(self.accounts):
            held = self.held_on(index)
            assert balance(account) == Balance(self.balances[index], held, self.balances[index] - held)
            assert 0 <= held <= self.balances[index]
        assert balance(self.spent).balance == self.spent_balance
        assert balance(self.issuer).balance == -sum(self.balances) - self.spent_balance

    def teardown(self) -> None:
        assert check() == []

    def key(self) -> str:
        self.number += 1
        return f"{self.owner}/{self.number}"

    def held_on(self, account: int) -> int:
        return sum(kept.amount for kept in self.held.values() if kept.account == account and kept.ending is None)

    def free(self, account: int) -> int:
        return self.balances[account] - self.held_on(account)


@pytest.mark.django_db
def test_the_books_agree_with_a_plain_model_after_every_booking() -> None:
    slow = settings(max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Books, settings=slow)
