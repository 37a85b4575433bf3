"""What the walker has done so far, on disk: killed at any moment, it goes on where it was, and does nothing twice."""

import json
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from faur.cli.client import Api, Json
from faur.cli.refusal import Refused


class Journal:
    """Results by name. A name is done once; a POST carries the road's own idempotency key, so that a crash between
    the factory's commit and this file's is harmless."""

    def __init__(self, path: Path) -> None:
        """Raises Refused: the file holds something else."""
        self._path = path
        self._kept = _read(path) if path.exists() else {}
        if self._kept.get("finished"):
            self._kept = {"number": self._kept["number"] + 1}
        self._kept.setdefault("number", 1)
        self._kept.setdefault("road", secrets.token_hex(8))
        self._kept.setdefault("done", {})
        self._kept.setdefault("seconds", {})
        self._save()

    @property
    def number(self) -> int:
        """Which walk of this factory it is, from 1."""
        return int(self._kept["number"])

    @property
    def seconds(self) -> dict[str, float]:
        """How long each finished step took, all its tries together."""
        return self._kept["seconds"]  # type: ignore[no-any-return]  # what this class put there

    def once(self, name: str, do: Callable[[], Any]) -> Any:  # Any: a JSON value
        """The result of `do`, done now or before."""
        done = self._kept["done"]
        if name not in done:
            done[name] = do()
            self._save()
        return done[name]

    def post(self, api: Api, path: str, body: Mapping[str, Any] | None = None, *, name: str = "") -> Json:  # Any: JSON
        """POST once; `name` tells apart what is posted twice to one path."""
        name = name or f"POST {path}"
        answer: Json = self.once(name, lambda: api.post(path, body, key=f"{self._kept['road']} {name}"))
        return answer

    def add_seconds(self, step: str, seconds: float) -> None:
        self.seconds[step] = round(self.seconds.get(step, 0.0) + seconds, 2)
        self._save()

    def finish(self) -> None:
        self._kept["finished"] = True
        self._save()

    def _save(self) -> None:
        made = self._path.with_suffix(".new")
        made.touch(mode=0o600)  # it holds the passwords and tokens of the demo's people
        made.write_text(json.dumps(self._kept, indent=1), encoding="utf-8")
        made.replace(self._path)


def _read(path: Path) -> Json:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        parts = (kept.get("done", {}), kept.get("seconds", {}))
        if isinstance(kept["number"], int) and all(isinstance(part, dict) for part in parts):
            return dict(kept)
    except (ValueError, TypeError, KeyError, AttributeError):
        pass
    raise Refused.because(
        "road.unreadable",
        f"{path} does not hold how far the demo has come.",
        "Remove it to begin a new road; what was made so far stays in the factory.",
    )
