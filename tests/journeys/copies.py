"""A copy of a walked factory, to be looked at from inside the test's own process, or run as a factory of its own."""

import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from faur.adapters.files import FileBlobs
from faur.kernel.blobs.ports import Blobs
from faur.kernel.wiring import wire, wired
from tests.journeys.factory import FAUR, environment, free_port

DATABASE = "faur.sqlite3"
FOLDERS = ("blobs", "keys", "static")


def copied(home: Path, to: Path) -> Path:
    """A home folder with the same database, taken while the factory runs, and the same bytes and keys."""
    to.mkdir(parents=True)
    with sqlite3.connect(home / DATABASE) as source, sqlite3.connect(to / DATABASE) as target:
        source.backup(target)
    for connection_ in (source, target):
        connection_.close()
    for folder in FOLDERS:
        shutil.copytree(home / folder, to / folder)
    shutil.copy2(home / "operator.json", to)
    return to


@contextmanager
def inside(home: Path) -> Iterator[None]:
    """Let Django and the blobs of this process be those of `home`; afterwards they are what they were."""
    database, store = connection.settings_dict["NAME"], wired(Blobs)
    connection.close()
    connection.settings_dict["NAME"] = home / DATABASE
    wire(Blobs, FileBlobs(home / "blobs"))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = database
        wire(Blobs, store)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever happens in here has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The portal, the API and the gateway of `home` in a process of their own, without workers; yields the address."""
    port = free_port()
    with (home / "served.log").open("wb") as log:
        process = subprocess.Popen(
            [*FAUR, "serve"], env=environment(home, port), stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("Faur is at"), (home / "served.log").read_text(errors="replace")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
