"""A home seen from outside while the road is walked: by its files, and by its tables as another process reads them."""

import hashlib
import json
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

_ANSWERS = "SELECT key FROM idempotency_answer WHERE status > 0"
_MIGRATIONS = "SELECT name FROM django_migrations"


class Sight:
    """What can be told of one home at this moment; nothing in it is touched."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.claims: dict[str, set[str]] = {}
        """Every claim that was ever seen of each job: a second one would be a second start."""
        self._journal: dict[str, Any] = {}  # Any: JSON
        self._read_at = 0
        self._before: set[str] = set()

    @property
    def journal(self) -> dict[str, Any]:  # Any: JSON
        """What the walker has written down."""
        path = self.home / "road.json"
        with suppress(FileNotFoundError):
            changed = path.stat().st_mtime_ns
            if changed != self._read_at:
                self._journal, self._read_at = json.loads(path.read_text(encoding="utf-8")), changed
        return self._journal

    def has(self, *places: str) -> bool:
        """Whether something lies there; a pattern may name it."""
        return any(True for place in places for _ in self.home.glob(place))

    def done(self, name: str) -> bool:
        """Whether the walker has written down the result of that name, on the road that it is on."""
        return name in self._done

    def answered_unnoted(self) -> bool:
        """Whether the factory has committed a POST of this road which the walker has not written down."""
        noted = {_digest(f"{self.journal.get('road')} {name}") for name in self._done}
        return bool(self._answers() - self._before - noted)

    @property
    def last(self) -> str:
        """What the walker wrote down last; before that, how far the tables are."""
        done = [*self._done]
        return done[-1] if done else f"{len(self._column(_MIGRATIONS))} migrations"

    @property
    def _done(self) -> dict[str, Any]:  # Any: JSON
        """What the walker has done on the road that it is on; a finished one is left behind."""
        return {} if self.journal.get("finished") else self.journal.get("done", {})

    def begin_road(self) -> None:
        """From here on only what a new road brings is looked at."""
        self._before = self._answers()

    def look_at_claims(self) -> None:
        for path in self.home.glob("jobs/jobs/*/claim.json"):
            with suppress(OSError):
                self.claims.setdefault(path.parent.name, set()).add(path.read_text(encoding="utf-8"))

    def _answers(self) -> set[str]:
        """The digests of the idempotency keys under which the factory has answered."""
        return set(self._column(_ANSWERS))

    def _column(self, query: str) -> list[str]:
        try:
            with closing(sqlite3.connect(f"file:{self.home}/faur.sqlite3?mode=ro", uri=True)) as tables:
                return [value for (value,) in tables.execute(query)]
        except sqlite3.OperationalError:  # no such file or table yet
            return []


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
