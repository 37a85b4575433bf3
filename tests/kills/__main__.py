"""`python -m tests.kills --kills 50`: the long version, behind `make soak`."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.kills.checks import faults
from tests.kills.fire import Fire, audit


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="faur-kills-") as folder:
        quiet = Fire(Path(folder) / "quiet", kills=0, seed=0)
        quiet.walk()
        fire = Fire(Path(folder) / "home", kills=arguments.kills, seed=arguments.seed)
        began = time.monotonic()
        fire.walk()
        said = faults(fire.roads, audit(fire.home), quiet.roads[0])
    seconds = time.monotonic() - began
    print(f"{fire.shots} kills, {len(fire.roads)} roads walked to their end in {seconds:.0f} s")
    print("\n".join(said) or "the ledger is balanced, the record unbroken, no job doubled, every result the same")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
