"""A scripted factory, and a person who never logged in anywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from faur.cli.client import Api
from faur.cli.output import form
from faur.cli.tests.scripted import Scripted, scripted


@pytest.fixture(autouse=True)
def credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("FAUR_URL", "FAUR_TOKEN", "FAUR_KEY", "FAUR_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "kept" / "credentials.json"
    monkeypatch.setenv("FAUR_CREDENTIALS", str(path))
    return path


@pytest.fixture(autouse=True)
def _plain_form() -> Iterator[None]:
    form.as_json, form.page, form.size = False, 0, 50
    yield
    form.as_json, form.page, form.size = False, 0, 50


@pytest.fixture
def factory() -> Iterator[Scripted]:
    with scripted() as script:
        yield script


@pytest.fixture
def api(factory: Scripted) -> Api:
    return Api(factory.url, "faur_token")
