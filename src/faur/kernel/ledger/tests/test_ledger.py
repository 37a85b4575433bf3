"""What the ledger promises to one caller at a time."""

import pytest
from django.db import IntegrityError, transaction

from faur.kernel.actors.actor import ANONYMOUS, SYSTEM, Actor, Role
from faur.kernel.ledger import (
    Account,
    AccountKind,
    Balance,
    Hold,
    HoldClosed,
    InsufficientBalance,
    KeyReused,
    Posting,
    Transfer,
    UnknownHold,
    balance,
    check,
    hold,
    holds_of,
    open_account,
    release,
    settle,
    statement,
    transfer,
)
from faur.kernel.units import Unit

pytestmark = pytest.mark.django_db

CORES, GPUS = Unit.CORE_SECONDS, Unit.GPU_SECONDS


@pytest.fixture
def pool() -> Account:
    return open_account("pol_a", CORES, "capacity", AccountKind.ISSUER)


@pytest.fixture
def spent() -> Account:
    return open_account("pol_a", CORES, "spent", AccountKind.SPENT)


@pytest.fixture
def account(pool: Account) -> Account:
    """With 100 free."""
    opened = open_account("prj_a", CORES, "allocation")
    transfer(pool, opened, 100, key="award")
    return opened


def test_an_account_is_opened_once() -> None:
    first = open_account("prj_a", CORES, "allocation")
    assert open_account("prj_a", CORES, "allocation") == first
    assert open_account("prj_a", GPUS, "allocation") != first
    with pytest.raises(ValueError, match="kind"):
        open_account("prj_a", CORES, "allocation", AccountKind.SPENT)


def test_a_transfer_moves_its_amount(pool: Account, account: Account) -> None:
    assert balance(account) == Balance(balance=100, held=0, free=100)
    assert balance(pool) == Balance(balance=-100, held=0, free=-100)
    assert check() == []


def test_only_an_issuer_goes_below_zero(account: Account, spent: Account) -> None:
    with pytest.raises(InsufficientBalance) as refused:
        transfer(account, spent, 101, key="too-much")
    assert (refused.value.asked, refused.value.free, refused.value.code) == (101, 100, "ledger.insufficient")
    assert balance(account).balance == 100
    assert not Transfer.objects.filter(key="too-much").exists()


def test_what_is_held_cannot_be_spent(account: Account, spent: Account) -> None:
    hold(account, 60, key="job-1")
    assert balance(account) == Balance(balance=100, held=60, free=40)
    with pytest.raises(InsufficientBalance):
        transfer(account, spent, 41, key="t")
    with pytest.raises(InsufficientBalance) as refused:
        hold(account, 41, key="job-2")
    assert refused.value.free == 40
    assert [kept.key for kept in holds_of(account)] == ["job-1"]


def test_settling_charges_what_was_used_and_frees_the_rest(account: Account, spent: Account) -> None:
    hold(account, 60, key="job-1")
    made = settle("job-1", 25, spent)
    assert made is not None
    assert (made.amount, made.shortfall) == (25, 0)
    assert balance(account) == Balance(balance=75, held=0, free=75)
    assert balance(spent).balance == 25
    assert not holds_of(account).exists()
    assert check() == []


def test_settling_charges_what_was_held_at_most_and_writes_down_the_rest(account: Account, spent: Account) -> None:
    hold(account, 60, key="job-1")
    made = settle("job-1", 70, spent)
    assert made is not None
    assert (made.amount, made.shortfall) == (60, 10)
    assert balance(account) == Balance(balance=40, held=0, free=40)


def test_settling_nothing_only_frees(account: Account, spent: Account) -> None:
    hold(account, 60, key="job-1")
    assert settle("job-1", 0, spent) is None
    assert settle("job-1", 0, spent) is None
    assert balance(account) == Balance(balance=100, held=0, free=100)


def test_releasing_frees_all_and_releasing_again_changes_nothing(account: Account) -> None:
    hold(account, 60, key="job-1")
    assert release("job-1") == release("job-1")
    assert balance(account) == Balance(balance=100, held=0, free=100)
    assert check() == []


def test_the_same_booking_again_gives_the_first_and_changes_nothing(account: Account, spent: Account) -> None:
    assert transfer(account, spent, 10, key="t") == transfer(account, spent, 10, key="t", memo="another note")
    assert hold(account, 20, key="h") == hold(account, 20, key="h")
    assert settle("h", 5, spent) == settle("h", 5, spent)
    assert not hold(account, 20, key="h").is_open
    assert balance(account) == Balance(balance=85, held=0, free=85)


def test_the_same_key_for_something_else_is_refused(account: Account, spent: Account, pool: Account) -> None:
    transfer(account, spent, 10, key="t")
    hold(account, 20, key="h")
    for booking in (
        lambda: transfer(account, spent, 11, key="t"),
        lambda: transfer(spent, account, 10, key="t"),
        lambda: transfer(pool, spent, 10, key="t"),
        lambda: hold(account, 21, key="h"),
        lambda: hold(spent, 20, key="h"),
    ):
        with pytest.raises(KeyReused) as refused:
            booking()
        assert refused.value.code == "ledger.key_reused"


def test_a_hold_closes_one_way_only(account: Account, spent: Account, pool: Account) -> None:
    hold(account, 20, key="settled")
    hold(account, 20, key="released")
    settle("settled", 5, spent)
    release("released")
    for closing in (
        lambda: settle("settled", 6, spent),
        lambda: settle("settled", 0, spent),
        lambda: settle("settled", 5, pool),
        lambda: release("settled"),
        lambda: settle("released", 5, spent),
        lambda: settle("released", 0, spent),
    ):
        with pytest.raises(HoldClosed):
            closing()
    assert balance(account).free == 95


def test_what_was_never_held_is_refused(spent: Account) -> None:
    with pytest.raises(UnknownHold):
        settle("nothing", 5, spent)
    with pytest.raises(UnknownHold):
        release("nothing")


def test_mistakes_of_the_program_are_no_refusals(account: Account, spent: Account, pool: Account) -> None:
    gpus = open_account("prj_a", GPUS, "allocation")
    hold(account, 20, key="h")
    for mistake in (
        *(lambda amount=amount: transfer(account, spent, amount, key="k") for amount in (0, -1, 1.5, True, 2**53)),
        *(lambda key=key: transfer(account, spent, 1, key=key) for key in ("", "k" * 201, "settle:h")),
        lambda: transfer(account, account, 1, key="k"),
        lambda: transfer(account, gpus, 1, key="k"),
        lambda: hold(account, 0, key="k"),
        lambda: hold(pool, 1, key="k"),
        lambda: settle("h", -1, spent),
        lambda: settle("h", 1, gpus),
        lambda: settle("h", 1, account),
    ):
        with pytest.raises(ValueError):
            mistake()
    assert check() == []


def test_a_booking_is_undone_with_the_transaction_around_it(account: Account, spent: Account) -> None:
    with transaction.atomic():
        transfer(account, spent, 10, key="t")
        hold(account, 10, key="h")
        transaction.set_rollback(True)
    assert balance(account) == Balance(balance=100, held=0, free=100)
    transfer(account, spent, 20, key="t")


def test_a_statement_runs_from_the_newest_back_with_the_balance_after_each(account: Account, spent: Account) -> None:
    transfer(account, spent, 10, key="first", memo="one")
    hold(account, 40, key="job")
    settle("job", 30, spent)
    rows = [(posting.amount, posting.balance, posting.other.name) for posting in statement(account)]
    assert rows == [(-30, 60, "spent"), (-10, 90, "spent"), (100, 100, "capacity")]


def test_a_statement_takes_one_query_whatever_its_length(
    account: Account, spent: Account, django_assert_num_queries
) -> None:
    for number in range(20):
        transfer(account, spent, 1, key=f"t{number}")
    with django_assert_num_queries(1):
        assert len([(posting.other.owner, posting.transfer.memo) for posting in statement(account)]) == 21


def test_accounts_are_seen_by_their_own(account: Account, spent: Account) -> None:
    member = Actor(pk=1, uid="usr_a", name="Ana", grants=frozenset({(Role.MEMBER, "prj_a")}))
    assert list(Account.objects.visible_to(member)) == [account]
    assert Account.objects.visible_to(SYSTEM).count() == 3
    assert not Account.objects.visible_to(ANONYMOUS).exists()


def test_history_is_never_rewritten(account: Account, spent: Account) -> None:
    made = transfer(account, spent, 10, key="t")
    posting = made.postings.first()
    for row in (made, posting):
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda: Posting.objects.update(amount=1),
        lambda: Posting.objects.all()._raw_delete("default"),
        lambda: Transfer.objects.update(memo="other"),
        lambda: Transfer.objects.all()._raw_delete("default"),
        lambda: Hold.objects.update(amount=1),
        lambda: Hold.objects.filter(state="released").update(state="open"),
        lambda: Hold.objects.all()._raw_delete("default"),
        lambda: Account.objects.update(owner="prj_b"),
        lambda: Account.objects.update(kind="issuer"),
        lambda: Account.objects.all()._raw_delete("default"),
    ],
)
def test_the_database_itself_refuses_to_rewrite_history(account: Account, spent: Account, rewrite) -> None:
    transfer(account, spent, 10, key="t")
    hold(account, 10, key="open")
    hold(account, 10, key="released")
    release("released")
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        rewrite()
    assert check() == []


@pytest.mark.parametrize(
    "wrong",
    [{"balance": -1}, {"held": -1}, {"held": 101}, {"balance": 2**62 + 1}],
    ids=lambda wrong: "-".join(map(str, wrong.items())),
)
def test_the_database_itself_refuses_a_balance_that_cannot_be(account: Account, wrong: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=account.pk).update(**wrong)


def test_the_audit_names_what_does_not_add_up(account: Account, spent: Account, pool: Account) -> None:
    made = transfer(account, spent, 10, key="t")
    hold(account, 10, key="h")
    Account.objects.filter(pk=account.pk).update(balance=80, held=20)
    lonely = Transfer.objects.create(frm=account, to=open_account("x", GPUS, "x"), amount=5, key="lonely")
    Posting.objects.create(transfer=lonely, account=account, amount=-5, balance=7)
    found = {(problem.what, problem.where): (problem.expected, problem.found) for problem in check()}
    assert found == {
        ("the postings of a unit sum to zero", CORES): (0, -5),
        ("a transfer has its two postings", lonely.uid): (2, 1),
        ("a transfer has one unit", lonely.uid): (1, 2),
        ("a balance is the sum of its postings", account.uid): (85, 80),
        ("what is held is the sum of the open holds", account.uid): (10, 20),
        ("each posting continues the one before", account.uid): (85, 7),
    }
    assert made.postings.count() == 2


def test_the_audit_takes_six_queries_whatever_the_rows(
    account: Account, spent: Account, django_assert_num_queries
) -> None:
    for number in range(5):
        transfer(account, spent, 1, key=f"t{number}")
    with django_assert_num_queries(6):
        assert check() == []
