"""The home folder before anything else begins: it can be written, it has room, and this process alone uses it."""

import fcntl
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from faur.kernel.errors import Unavailable
from faur.kernel.units import MIB

LEAST_FREE = 64 * MIB
_PAUSE = 0.05


class HomeHeld(Unavailable):
    """Another process runs the factory of this home folder."""

    code = "home.held"


class HomeUnusable(Unavailable):
    """The home folder cannot be made, or something in it cannot be read or written."""

    code = "home.unusable"


class HomeFull(Unavailable):
    """There is too little room left for the home folder to start a factory."""

    code = "home.full"


def usable_home(root: Path) -> None:
    """Make the folder where there is none. The settings are not read yet: what is said here is in English.

    Raises:
        HomeUnusable: it cannot be made, or nothing can be written into it.
        HomeFull: less than 64 MiB are free there.
    """
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=root) as probe:
            probe.write(b"faur")
        free = shutil.disk_usage(root).free
    except OSError as error:
        raise unusable(root, error) from None
    if free < LEAST_FREE:
        raise HomeFull(
            f"Only {free // MIB} MiB are free for {root}; a factory needs {LEAST_FREE // MIB} MiB to start.",
            hint="Make room there, or choose another folder with FAUR_HOME.",
        )


def unusable(root: Path, error: OSError) -> HomeUnusable:
    """The refusal that says what the system said."""
    return HomeUnusable(
        f"The home folder {root} cannot be used: {error.strerror or error}.",
        hint="Mend it, or choose another folder with FAUR_HOME.",
    )


@contextmanager
def held_home(root: Path, *, patience: float = 0.0) -> Iterator[None]:
    """This process alone runs the factory of this home folder. Waits `patience` seconds for one that is ending.

    Raises:
        HomeHeld: another one does.
    """
    until = time.monotonic() + patience
    with (root / "lock").open("w") as lock:
        while not _locked(lock.fileno()):
            if time.monotonic() >= until:
                raise HomeHeld(
                    f"A factory is running already in {root}.",
                    hint="Stop it first, or choose another FAUR_HOME and FAUR_PORT.",
                )
            time.sleep(_PAUSE)
        yield


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
