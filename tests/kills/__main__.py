"""`python -m tests.kills --kills 50`: the long version, behind `make soak`."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.kills.trial import trial


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", type=Path, help="a new folder in which everything stays to be looked at")
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    if arguments.keep:
        return _try(arguments.keep, arguments.kills, arguments.seed)
    with tempfile.TemporaryDirectory(prefix="faur-kills-") as folder:
        return _try(Path(folder), arguments.kills, arguments.seed)


def _try(folder: Path, kills: int, seed: int) -> int:
    began = time.monotonic()
    tried = trial(folder, kills=kills, seed=seed)
    hits, roads = tried.fire.hits, tried.fire.roads
    for hit in hits:
        between = ", and one more was answered" if hit.unnoted else ""
        print(f"  {hit.shot.victim.value:12} {hit.shot.aim.stretch}: after {hit.after}{between}")
    print(f"{len(hits)} kills, {len(roads)} roads walked to their end in {time.monotonic() - began:.0f} s")
    print(
        "\n".join(tried.faults) or "the ledger is balanced, the record unbroken, no job doubled, every result the same"
    )
    return 1 if tried.faults else 0


if __name__ == "__main__":
    sys.exit(main())
