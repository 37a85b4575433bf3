"""One trial: a road that nobody shoots at and one under fire, side by side, and what sets the second apart."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.kills.checks import faults
from tests.kills.fire import Fire


@dataclass(frozen=True, slots=True)
class Trial:
    """The fire that was, and every trace that it left."""

    fire: Fire
    faults: list[str]


def trial(folder: Path, *, kills: int, seed: int) -> Trial:
    """Walk under `kills` shots and, in a home of its own, under none. Raises AssertionError where a walk fails."""
    quiet, fire = Fire(folder / "quiet", kills=0, seed=0), Fire(folder / "fire", kills=kills, seed=seed)
    with ThreadPoolExecutor(max_workers=1) as beside:
        unharmed = beside.submit(quiet.walk)
        fire.walk()
        unharmed.result()
    return Trial(fire, faults(fire, quiet))
