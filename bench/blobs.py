"""How fast bytes go into the store and out of it. `python -m bench.blobs`."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from faur.adapters.files import FileBlobs
from faur.kernel.units import MIB

LARGE = 512
SMALL = 500


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="faur-bench-") as home:
        blobs = FileBlobs(Path(home))
        print("blobs in files")
        piece = bytes(MIB)
        seconds = timed(lambda: blobs.put(number.to_bytes(4, "big") + piece[4:] for number in range(LARGE)))
        print(f"  put {LARGE} MiB: {LARGE / seconds:6.0f} MiB a second")
        stored = blobs.put(number.to_bytes(4, "big") + piece[4:] for number in range(LARGE))
        seconds = timed(lambda: sum(len(read) for read in blobs.open(stored.digest)))
        print(f"  get {LARGE} MiB: {LARGE / seconds:6.0f} MiB a second")
        seconds = timed(lambda: [blobs.put([b"%d" % number]) for number in range(SMALL)])
        print(f"  put small files: {SMALL / seconds:6.0f} a second, each on the disk before it is there")
        seconds = timed(lambda: [b"".join(blobs.open(stored.digest, 1000, 2000)) for _ in range(SMALL)])
        print(f"  read a small range: {SMALL / seconds:6.0f} a second")


def timed(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
