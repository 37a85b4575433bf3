"""Walking the demo's road while it is shot at."""

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tests.journeys.factory import FAUR, environment, free_port
from tests.kills.aims import Aim, Shot, Victim, rounds
from tests.kills.sight import Sight

LONGEST_WALK = 400.0
LONGEST_END = 30.0
"""Seconds that one of walker and factory may take to end when the other was killed."""
_LOOK = 0.003
_STILL = 0.08


@dataclass(frozen=True, slots=True)
class Hit:
    """A shot that fell: after what the walker had written down last, and whether more had been answered already."""

    shot: Shot
    after: str
    unnoted: bool


@dataclass(slots=True)
class Fire:
    """One home, walked in and shot at `kills` times; `roads` are the summaries of the walks that ended."""

    folder: Path
    kills: int
    seed: int
    roads: list[dict[str, Any]] = field(default_factory=list)  # Any: JSON
    hits: list[Hit] = field(default_factory=list)
    sessions: list[int] = field(default_factory=list)
    sight: Sight = field(init=False)
    _port: int = field(default_factory=free_port)
    _noted: str = ""

    def __post_init__(self) -> None:
        self.temporary.mkdir(parents=True)
        self.sight = Sight(self.home)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def temporary(self) -> Path:
        """The machine's folder for temporary files, as all processes of this home see it."""
        return self.folder / "tmp"

    @property
    def log(self) -> Path:
        return self.folder / "walk.log"

    def walk(self) -> None:
        """Walk, be killed, walk on, and after a road's last shot to its end. Raises AssertionError where that fails."""
        for shots in [*rounds(self.kills, random.Random(self.seed))] or [[]]:
            for shot in shots:
                while not self._walk(shot):
                    pass
            self._walk(None)

    def _walk(self, shot: Shot | None) -> bool:
        """One start of the program; whether the shot fell before it had ended."""
        with self._walker() as walker:
            hit = shot is not None and self._wait_for(shot, walker) and self._shoot(shot, walker)
            status = walker.wait(LONGEST_WALK)
        self._note_road()
        assert hit or status == 0, f"a walk failed:\n{self.log.read_text(errors='replace')[-3000:]}"
        return hit

    @contextmanager
    def _walker(self) -> Iterator["subprocess.Popen[bytes]"]:
        surroundings = environment(self.home, self._port) | {"TMPDIR": str(self.temporary)}
        with self.log.open("ab") as said:
            walker = subprocess.Popen(
                [*FAUR, "demo", "--once"], env=surroundings, stdout=said, stderr=said, start_new_session=True
            )
        self.sessions.append(walker.pid)
        try:
            yield walker
        finally:
            if walker.poll() is None:
                os.killpg(walker.pid, signal.SIGKILL)
                walker.wait()

    def _wait_for(self, shot: Shot, walker: "subprocess.Popen[bytes]") -> bool:
        """Whether the moment of the shot came before the walk ended."""
        until, moment = time.monotonic() + LONGEST_WALK, float("inf")
        while walker.poll() is None and time.monotonic() < min(until, moment):
            self.sight.look_at_claims()
            if moment == float("inf") and self._reached(shot.aim, walker):
                moment = time.monotonic() + shot.delay
            time.sleep(_LOOK)
        return walker.poll() is None and moment < float("inf")

    def _reached(self, aim: Aim, walker: "subprocess.Popen[bytes]") -> bool:
        """Whether the stretch has begun; where the walker is held still to see that, it is shot so."""
        if aim.near is None:
            return aim.reached(self.sight)
        if not aim.near(self.sight):
            return False
        walker.send_signal(signal.SIGSTOP)
        time.sleep(_STILL)
        reached = aim.reached(self.sight)
        if not reached:
            walker.send_signal(signal.SIGCONT)
        return reached

    def _shoot(self, shot: Shot, walker: "subprocess.Popen[bytes]") -> bool:
        """Kill; who was spared ends by itself, the factory as the next one starts. Whether anybody was killed."""
        factory = _factory_of(walker)
        if shot.victim is Victim.FACTORY and factory is not None:
            with suppress(psutil.NoSuchProcess):
                factory.kill()
            walker.send_signal(signal.SIGCONT)
            assert walker.wait(LONGEST_END) in {0, 1}, "the walker did not say that the factory is gone"
        elif shot.victim is Victim.WALKER:
            walker.kill()
        else:
            os.killpg(walker.pid, signal.SIGKILL)
        self.hits.append(Hit(shot, self.sight.last, self.sight.answered_unnoted()))
        return True

    def _note_road(self) -> None:
        """Where a road has just ended, keep what it left where the next one writes."""
        road = self.sight.journal.get("road", "")
        if not self.sight.journal.get("finished") or road == self._noted:
            return
        self._noted = road
        self.roads.append(json.loads((self.home / "summary.json").read_text(encoding="utf-8")))
        shutil.copy(self.home / "evidence.zip", self.folder / f"evidence-{len(self.roads)}.zip")
        self.sight.begin_road()


def _factory_of(walker: "subprocess.Popen[bytes]") -> psutil.Process | None:
    """The factory that the walker started; None where it has not yet."""
    with suppress(psutil.NoSuchProcess):
        for child in psutil.Process(walker.pid).children():
            if "faur.site" in child.cmdline():
                return child
    return None
