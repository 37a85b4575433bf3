"""A copy of a walked factory, to be looked at from inside the test's own process, or run as a factory of its own."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from faur.adapters.files import FileBlobs
from faur.kernel.blobs.ports import Blobs
from faur.kernel.wiring import wire, wired

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
