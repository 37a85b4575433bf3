"""Folders for what outlives no process: each process has its own in the home, and takes away those of the dead."""

import atexit
import fcntl
import os
import secrets
import shutil
from contextlib import suppress
from functools import cache
from pathlib import Path

from faur.adapters.local import outputs
from faur.kernel.config import config


@cache
def scratch() -> Path:
    """This process's own folder, which goes with it; what killed processes left is removed now.

    It lies in the home: what is copied into it may be as large as anything that the home holds.
    """
    root = config().root / "scratch"
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in root.iterdir():
        if _lock(left) is not None:
            outputs.remove(left)
    own = _made(root)
    atexit.register(shutil.rmtree, own, ignore_errors=True)
    return own


def _made(root: Path) -> Path:
    while True:
        folder = root / secrets.token_hex(4)
        folder.mkdir(mode=0o700)
        if _lock(folder) is not None and folder.exists():  # another process may have swept it before it was locked
            return folder


def _lock(folder: Path) -> int | None:
    """A lock that falls with this process, however it ends; None where a living process has it."""
    with suppress(FileNotFoundError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
        else:
            return descriptor
    return None
