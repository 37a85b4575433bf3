"""How many holds and settlements a second the ledger books, and what each costs. `python -m bench.ledger`."""

import threading
import time
from collections.abc import Callable

from bench.bare_factory import bare_factory

BOOKINGS = 400


def main() -> None:
    with bare_factory("ledger"):
        from django.db import connection

        print(f"ledger on {connection.vendor}")
        measure_one_writer()
        for writers in (2, 4):
            measure_writers(writers)
        measure_statement()


def measure_one_writer() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from faur.kernel.ledger import hold, settle

    allocation, spent = accounts("one")
    with CaptureQueriesContext(connection) as held:
        hold(allocation, 10, key="queries")
    with CaptureQueriesContext(connection) as settled:
        settle("queries", 5, spent)
    print(f"  queries: {len(held)} a hold, {len(settled)} a settlement, savepoints and begin among them")

    wall, cpu = timed(lambda: [hold(allocation, 10, key=f"one-{number}") for number in range(BOOKINGS)])
    print(f"  hold:   {BOOKINGS / wall:6.0f} a second, {cpu / BOOKINGS * 1000:.2f} ms of CPU each")
    wall, cpu = timed(lambda: [settle(f"one-{number}", 5, spent) for number in range(BOOKINGS)])
    print(f"  settle: {BOOKINGS / wall:6.0f} a second, {cpu / BOOKINGS * 1000:.2f} ms of CPU each")


def measure_writers(count: int) -> None:
    """Each writer on an allocation of its own; all spend into one account, as the jobs of one pool do."""
    from django.db import connection

    from faur.kernel.ledger import hold, settle

    _, spent = accounts(f"all-{count}")
    allocations = [accounts(f"{count}-{number}")[0] for number in range(count)]

    def book(number: int) -> None:
        for turn in range(BOOKINGS // count):
            key = f"{count}/{number}/{turn}"
            hold(allocations[number], 10, key=key)
            settle(key, 5, spent)
        connection.close()

    threads = [threading.Thread(target=book, args=(number,)) for number in range(count)]
    wall, _ = timed(lambda: ([thread.start() for thread in threads], [thread.join() for thread in threads]))
    print(f"  hold and settle by {count} writers: {BOOKINGS / wall:6.0f} pairs a second")


def measure_statement() -> None:
    from faur.kernel.ledger import Account, check, statement

    account = Account.objects.get(name="one", kind="holding")
    wall, _ = timed(lambda: [posting.other.name for posting in statement(account)[:50]])
    print(f"  a page of 50 postings: {wall * 1000:.1f} ms")
    wall, _ = timed(check)
    print(f"  the audit of all books: {wall * 1000:.1f} ms; problems: {check()}")


def accounts(name: str) -> tuple:
    from faur.kernel.ledger import AccountKind, open_account, transfer
    from faur.kernel.units import Unit

    issuer = open_account("bench", Unit.CORE_SECONDS, "issuer", AccountKind.ISSUER)
    allocation = open_account("bench", Unit.CORE_SECONDS, name)
    spent = open_account("bench", Unit.CORE_SECONDS, f"{name} spent", AccountKind.SPENT)
    transfer(issuer, allocation, 1_000_000, key=f"award {name}")
    return allocation, spent


def timed(deed: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock, and of this process's CPU."""
    wall, cpu = time.perf_counter(), time.process_time()
    deed()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    main()
