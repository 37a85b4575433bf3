"""A plugin of pytest: a home of its own for every run, a PostgreSQL where one is asked for, and honest skips.

`FAUR_TEST_DATABASE=postgresql` runs the suite on a server that is started here and stopped at the end. A test that
needs a part which this machine lacks is skipped in one line; with `CI=true` that is a failure.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.base.operations import BaseDatabaseOperations

_HOME = "FAUR_TEST_HOME"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _make_home() -> Path:
    """One folder a process tree: the workers of a parallel run each get a part of it."""
    whole = Path(os.environ.get(_HOME) or tempfile.mkdtemp(prefix="faur-test-"))
    os.environ.setdefault(_HOME, str(whole))
    home = whole / os.environ.get("PYTEST_XDIST_WORKER", "main")
    home.mkdir(exist_ok=True)
    os.environ["FAUR_HOME"] = str(home)
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # ONNX Runtime's wheels report to their maker otherwise
    return whole


_whole = _make_home()
_server: list[object] = []


def _wants_postgresql() -> bool:
    return os.environ.get("FAUR_TEST_DATABASE") == "postgresql" and not os.environ.get("FAUR_DATABASE_URL")


if _wants_postgresql():
    from pgserver.postgres_server import get_server

    _server.append(get_server(_whole / "postgresql", cleanup_mode="stop"))
    os.environ["FAUR_DATABASE_URL"] = _server[0].get_uri()  # type: ignore[attr-defined]  # pgserver has no types


def pytest_configure() -> None:
    """The pages of tests speak all languages."""
    from faur.site.messages import LOCALE
    from faur.site.translations import compile_translations

    compile_translations(LOCALE)


def chromium() -> str:
    """Path of a Chromium on this machine; empty where there is none."""
    return next(filter(None, (shutil.which(name) for name in CHROMIUM)), "")


def bubblewrap() -> str:
    """`bubblewrap` where it can be used; empty where it cannot."""
    from faur.adapters.local.bubblewrap import find_bubblewrap

    return str(find_bubblewrap(Path(sys.executable))[0] or "")


NEEDS: dict[str, tuple[str, Callable[[], object]]] = {
    "browser": ("Chromium", chromium),
    "sandbox": ("bubblewrap", bubblewrap),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, (name, find) in NEEDS.items():
        if item.get_closest_marker(marker) and not find():
            if os.environ.get("CI") == "true":
                pytest.fail(f"{name} is needed and not on this machine", pytrace=False)
            pytest.skip(f"{name} is not on this machine")


@pytest.fixture(scope="session", autouse=True)
def triggers_rest_while_tables_are_emptied() -> Iterator[None]:
    """The record and the ledger refuse to be emptied; between two tests with real transactions they have to be."""
    from django.db.backends.base.operations import BaseDatabaseOperations as Operations

    def flush(operations: "BaseDatabaseOperations", statements: list[str]) -> None:
        off, on = _triggers(operations.connection)
        plain(operations, [*off, *statements, *on])

    plain = Operations.execute_sql_flush
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Operations, "execute_sql_flush", flush)
        yield


def _triggers(connection: "BaseDatabaseWrapper") -> tuple[list[str], list[str]]:
    """The SQL that puts the triggers of all tables out of force, and back into it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            return [f"DROP TRIGGER {name}" for name, _ in triggers], [sql for _, sql in triggers]
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        tables = [table for (table,) in cursor.fetchall()]
    off, on = ([f"ALTER TABLE {table} {change} TRIGGER USER" for table in tables] for change in ("DISABLE", "ENABLE"))
    return off, on


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What was logged may hold half a character, on purpose; no report between processes can carry that."""
    report = yield
    report.sections = [(name, said.encode(errors="backslashreplace").decode()) for name, said in report.sections]
    return report


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    for server in _server:
        server.cleanup()  # type: ignore[attr-defined]  # pgserver has no types
    shutil.rmtree(_whole, ignore_errors=True)
