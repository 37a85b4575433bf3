"""The last step before a program: lower what it may do, then become it. Standard library alone, run inside the sandbox.

python -I -S launch.py fsize=1073741824,nproc=1024 -- program argument…
"""

import os
import resource
import sys

NICE = 10
_KINDS = {"fsize": resource.RLIMIT_FSIZE, "nproc": getattr(resource, "RLIMIT_NPROC", None)}


def limit(pairs: str) -> None:
    """Set the limits of a text such as `fsize=1024,nproc=64` (bytes, tasks), and no core files."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name, _, number in (pair.partition("=") for pair in pairs.split(",") if pair):
        kind = _KINDS[name]
        if kind is not None:
            _lower(kind, int(number))


def give_way() -> None:
    """Let the factory go first: for the processor, and when the kernel looks for something to end for its memory."""
    os.nice(max(0, NICE - os.nice(0)))
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:  # noqa: PTH123 - pathlib costs 5 ms here
            score.write("1000")
    except OSError:
        return  # not Linux


def _lower(kind: int, number: int) -> None:
    hard = resource.getrlimit(kind)[1]
    bounded = number if hard == resource.RLIM_INFINITY else min(number, hard)
    resource.setrlimit(kind, (bounded, bounded))


def main(arguments: list[str]) -> None:
    """Never returns: becomes the program, or exits 127 (not found) or 126 (not executable), as a shell does."""
    limit(arguments[0])
    give_way()
    command = arguments[2:]
    try:
        os.execvp(command[0], command)  # noqa: S606 - no shell is wanted
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        sys.exit(127 if isinstance(error, FileNotFoundError) else 126)


if __name__ == "__main__":
    main(sys.argv[1:])
