"""A process of its own that writes the record: `python -m faur.kernel.record.tests.writer migrate | write | export`.

It knows the record alone, and the database that `RECORD_WRITER_DATABASE` describes as Django does, in JSON.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import django
from django.conf import settings


def write(chains: list[str], threads: int, times: int) -> None:
    """Each thread appends in turn to all chains, says so when it is committed, and now and then makes a checkpoint."""
    from django.db import connection, transaction

    from faur.kernel import clock
    from faur.kernel.record import Statement, Subject, append, checkpoint

    def one(thread: int) -> None:
        name = f"{os.getpid()}_{thread}"
        for step in range(times):
            for chain in chains:
                with transaction.atomic():
                    statement = Statement([Subject(f"job_{name}_{step}")], {"by": name, "step": step}, chain=chain)
                    append("usr_1", "test.step", statement, at=clock.now())
                os.write(1, f"{chain} {name} {step}\n".encode())  # whole lines, whichever thread
            if step % 5 == 4:
                checkpoint()
        connection.close()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(one, range(threads)))


def export(chain: str, path: str) -> None:
    from faur.kernel.record import export_bundle

    export_bundle(chain, Path(path))


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", "record", verbosity=0)


def main(verb: str, *arguments: str) -> None:
    database = json.loads(os.environ["RECORD_WRITER_DATABASE"])
    settings.configure(DATABASES={"default": database}, INSTALLED_APPS=["faur.kernel.record"], USE_TZ=True)
    django.setup()
    if verb == "write":
        write(arguments[0].split(","), int(arguments[1]), int(arguments[2]))
    elif verb == "export":
        export(*arguments)
    else:
        migrate()


if __name__ == "__main__":
    main(*sys.argv[1:])
