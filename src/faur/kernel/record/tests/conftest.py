from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from faur.kernel.config import config
from faur.kernel.record import JSON, Entry, Statement, Subject, append, checkpoint, export_bundle

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
MODEL = Subject("mod_1", "sha256:" + "ab" * 32, "Tumour, benign or not")
DOCUMENT = b"The technical file."

Write = Callable[..., Entry]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A factory's home of its own, so with a signing key of its own."""
    monkeypatch.setenv("FAUR_HOME", str(tmp_path / "home"))
    config.cache_clear()
    yield tmp_path / "home"
    monkeypatch.undo()
    config.cache_clear()


@pytest.fixture
def write(db: None, home: Path) -> Write:
    """Appends one entry, in a transaction of its own."""

    def write_one(
        chain: str = "prj_1",
        *subjects: Subject,
        claims: Mapping[str, JSON] | None = None,
        verb: str = "models.register",
    ) -> Entry:
        statement = Statement(subjects=subjects or [MODEL], claims=claims or {"auc": 0.5}, chain=chain)
        with transaction.atomic():
            return append("usr_1", verb, statement, at=NOON)

    return write_one


@pytest.fixture
def bundle(write: Write, tmp_path: Path) -> Path:
    """A chain of six entries over three checkpoints, among other chains, with a document that its last entry names."""
    for step in range(5):
        write("prj_1", MODEL, Subject(f"job_{step}"), claims={"step": step, "auc": 0.5 + step / 100})
        write(f"prj_other_{step % 3}")
        if step % 2:
            checkpoint()
    document = Subject("tef_1", f"sha256:{sha256(DOCUMENT).hexdigest()}")
    write("prj_1", document, verb="trust.write_technical_file")
    export_bundle("prj_1", tmp_path / "bundle.zip", {"technical-file.txt": [DOCUMENT]})
    return tmp_path / "bundle.zip"
