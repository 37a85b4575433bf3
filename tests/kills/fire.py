"""Walking the demo's road while it is shot at, and the state in which it ends."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.journeys.factory import FAUR, environment, free_port

LONGEST_WALK = 400.0
EARLIEST, LATEST = 0.5, 14.0
"""Seconds after a start at which a shot may fall: from before the factory listens to deep in the road."""


@dataclass(slots=True)
class Fire:
    """One home, shot at `kills` times with a fixed seed; `roads` are the summaries of the walks that ended."""

    home: Path
    kills: int
    seed: int
    roads: list[dict[str, Any]] = field(default_factory=list)
    shots: int = 0

    def walk(self) -> None:
        """Walk, be killed, walk on; after the last shot once to the end. Raises AssertionError where a walk fails."""
        dice = random.Random(self.seed)
        while self.shots < self.kills:
            if self._walk_until(time.monotonic() + dice.uniform(EARLIEST, LATEST)):
                self._note_road()
            else:
                self.shots += 1
        assert self._walk_until(time.monotonic() + LONGEST_WALK), "the road did not end after the last shot"
        self._note_road()

    def _walk_until(self, moment: float) -> bool:
        """Whether the walk ended before the moment at which it is killed with everything that it started itself."""
        log = self.home.parent / "walk.log"
        with log.open("ab") as said:
            walk = subprocess.Popen(
                [*FAUR, "demo", "--once"],
                env=environment(self.home, free_port()),
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
            try:
                status = walk.wait(timeout=max(0.0, moment - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(walk.pid, signal.SIGKILL)
                walk.wait()
                return False
        assert status == 0, f"a walk failed:\n{log.read_text(errors='replace')[-3000:]}"
        return True

    def _note_road(self) -> None:
        self.roads.append(json.loads((self.home / "summary.json").read_text(encoding="utf-8")))


def audit(home: Path) -> dict[str, Any]:
    """What the tables, the ledger and the record say of a home that nobody uses now."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.kills.audit"],
        env=environment(home, 0),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    document: dict[str, Any] = json.loads(ended.stdout)
    return document
