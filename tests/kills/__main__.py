"""`python -m tests.kills --kills 50`: the long version, behind `make soak`."""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.kills.checks import faults
from tests.kills.fire import Fire


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", type=Path, help="a new folder in which everything stays to be looked at")
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    if arguments.keep:
        return _under_fire(arguments.keep, arguments.kills, arguments.seed)
    with tempfile.TemporaryDirectory(prefix="faur-kills-") as folder:
        return _under_fire(Path(folder), arguments.kills, arguments.seed)


def _under_fire(folder: Path, kills: int, seed: int) -> int:
    quiet, fire = Fire(folder / "quiet", kills=0, seed=0), Fire(folder / "fire", kills=kills, seed=seed)
    quiet.walk()
    began = time.monotonic()
    fire.walk()
    seconds = time.monotonic() - began
    said = faults(fire, quiet)
    for (stretch, victim), count in Counter((shot.aim.stretch, shot.victim.value) for shot in fire.hits).items():
        print(f"  {count} x {stretch}: {victim}")
    print(f"{len(fire.hits)} kills, {len(fire.roads)} roads walked to their end in {seconds:.0f} s")
    print("\n".join(said) or "the ledger is balanced, the record unbroken, no job doubled, every result the same")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
