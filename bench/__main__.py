"""`make bench`: every measurement, one after the other, each in a process of its own; nothing is asserted."""

import subprocess
import sys
from pathlib import Path

SUPPORT = {"__init__", "__main__", "bare_factory", "deeds"}


def main() -> None:
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem not in SUPPORT:
            sys.stdout.write(f"== {path.stem}\n")
            sys.stdout.flush()
            subprocess.run([sys.executable, "-m", f"bench.{path.stem}"], check=False)


if __name__ == "__main__":
    main()
