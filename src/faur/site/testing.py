"""A plugin of pytest: gives every test run a home of its own, and a PostgreSQL of its own where one is asked for.

`FAUR_TEST_DATABASE=postgresql` runs the suite on a server that is started here and stopped at the end.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

_HOME = "FAUR_TEST_HOME"


def _make_home() -> Path:
    """One folder a process tree: the workers of a parallel run each get a part of it."""
    whole = Path(os.environ.get(_HOME) or tempfile.mkdtemp(prefix="faur-test-"))
    os.environ.setdefault(_HOME, str(whole))
    home = whole / os.environ.get("PYTEST_XDIST_WORKER", "main")
    home.mkdir(exist_ok=True)
    os.environ["FAUR_HOME"] = str(home)
    return whole


_whole = _make_home()
_server: list[object] = []


def _wants_postgresql() -> bool:
    return os.environ.get("FAUR_TEST_DATABASE") == "postgresql" and not os.environ.get("FAUR_DATABASE_URL")


if _wants_postgresql():
    import pgserver

    _server.append(pgserver.get_server(_whole / "postgresql", cleanup_mode="stop"))
    os.environ["FAUR_DATABASE_URL"] = _server[0].get_uri()  # type: ignore[attr-defined]  # pgserver has no types


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    for server in _server:
        server.cleanup()  # type: ignore[attr-defined]  # pgserver has no types
    shutil.rmtree(_whole, ignore_errors=True)
