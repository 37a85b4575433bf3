"""Bubblewrap: whether it works on this machine, and how it shows a program only what that program may see.

What each option promises is said in bwrap(1).
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO

MARK = "FAUR_JOB"
"""A variable of bubblewrap's own that the program inside does not see: by it a job's sandbox is found again."""

_ISOLATED = ("--unshare-all", "--unshare-user", "--uid", "1000", "--gid", "1000", "--hostname", "faur")
_TIED = ("--die-with-parent", "--new-session")
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_FROM_ETC = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "localtime", "fonts", "mime.types")
_FROM_ETC_ONLINE = ("resolv.conf", "hosts", "nsswitch.conf", "services", "protocols", "ssl", "pki", "ca-certificates")
_INSIDE = Path(__file__).parent / "inside"
"""The accounts that a program finds: its own, and none of this machine's."""
_PROCESSORS = ("/sys/devices/system/cpu", "/sys/devices/system/node")
_LIMITS_BY_NAMESPACE = (5, 14)  # since this Linux, RLIMIT_NPROC counts in the user namespace, not over the whole user


@dataclass(frozen=True, slots=True)
class Bubblewrap:
    """A bubblewrap that was seen to work here, and the options that this one knows besides."""

    path: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """All that a program sees besides the system's own programs and libraries.

    `readable` and `writable` map a path inside to the one outside. The private `/tmp` and `/dev/shm` are folders of
    the disk, so that what is written there is counted and does not eat memory.
    """

    readable: Mapping[str, Path]
    writable: Mapping[str, Path]
    environment: Mapping[str, str]
    directory: str = "/"
    network: bool = False
    devices: Sequence[Path] = field(default=())


def find_bubblewrap(interpreter: Path) -> tuple[Bubblewrap | None, str]:
    """The bubblewrap to use, or None and why not: it is missing, or this machine allows no unprivileged namespaces."""
    path = shutil.which("bwrap") if sys.platform == "linux" else None
    return _tried(path, interpreter) if path else (None, "bubblewrap is not installed")


@cache
def _tried(path: str, interpreter: Path) -> tuple[Bubblewrap | None, str]:
    said = ""
    for options in (("--disable-userns",), ()):
        bubblewrap = Bubblewrap(path, options)
        said = _try(bubblewrap, interpreter)
        if not said:
            return bubblewrap, ""
    return None, f"bubblewrap does not work here ({said})"


def _try(bubblewrap: Bubblewrap, interpreter: Path) -> str:
    view = View(readable={str(prefix): prefix for prefix in prefixes(interpreter)}, writable={}, environment={})
    with options_file(bubblewrap, view) as options:
        command = [*wrapped(bubblewrap, options), str(interpreter), "-I", "-S", "-c", "pass"]
        run = subprocess.run(command, pass_fds=[options.fileno()], env={}, capture_output=True, timeout=20, check=False)
    return "" if run.returncode == 0 else run.stderr.decode(errors="replace").strip()[:200] or "it failed"


def wrapped(bubblewrap: Bubblewrap, options: IO[bytes]) -> list[str]:
    """The start of a command line; its options are read from the open file, so that none of them shows in `ps`."""
    return [bubblewrap.path, "--args", str(options.fileno()), "--"]


def options_file(bubblewrap: Bubblewrap, view: View) -> IO[bytes]:
    """A file in memory, to be handed down and closed by the caller, with the options that make `view`."""
    file = os.fdopen(os.memfd_create("bubblewrap"), "w+b")
    file.write(b"".join(option.encode(errors="surrogateescape") + b"\0" for option in _options(bubblewrap, view)))
    file.flush()
    file.seek(0)
    return file


def limits_processes() -> bool:
    """Whether a limit on processes set inside a sandbox counts only that sandbox's."""
    numbers = re.match(r"(\d+)\.(\d+)", os.uname().release)
    return numbers is not None and (int(numbers[1]), int(numbers[2])) >= _LIMITS_BY_NAMESPACE


@cache
def prefixes(interpreter: Path) -> tuple[Path, ...]:
    """The folders that a Python interpreter needs outside the system's own: its environment's, and its base's."""
    said = [sys.prefix, sys.base_prefix] if str(interpreter) == sys.executable else _asked_prefixes(interpreter)
    homes = [Path(prefix) for prefix in said] + [link.parent.parent for link in _links(interpreter)]
    wanted = dict.fromkeys(path for home in homes for path in (home, home.resolve()))
    return tuple(path for path in wanted if path != Path("/") and not path.is_relative_to("/usr"))


def _asked_prefixes(interpreter: Path) -> list[str]:
    command = [str(interpreter), "-I", "-c", "import sys; print(sys.prefix, sys.base_prefix, sep='\\n')"]
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout.splitlines()


def _links(path: Path) -> Iterator[Path]:
    """`path` and each link on the way to the file that it stands for."""
    yield path
    while path.is_symlink():
        path = Path(os.path.normpath(path.parent / path.readlink()))
        yield path


def _options(bubblewrap: Bubblewrap, view: View) -> Iterator[str]:
    yield from (*_ISOLATED, *bubblewrap.options, *_TIED)
    if view.network:
        yield "--share-net"
    yield from _system(view)
    for inside, outside in view.writable.items():
        yield from ("--bind", str(outside), inside)
    for inside, outside in view.readable.items():
        yield from ("--ro-bind", str(outside), inside)
    for name, value in view.environment.items():
        yield from ("--setenv", name, value)
    yield from ("--unsetenv", MARK, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", view.directory)


def _system(view: View) -> Iterator[str]:
    for path in map(Path, _SYSTEM):
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
        elif path.exists():
            yield from ("--ro-bind", str(path), str(path))
    for name in (*_FROM_ETC, *(_FROM_ETC_ONLINE if view.network else ())):
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
    for account in ("passwd", "group"):
        yield from ("--ro-bind", str(_INSIDE / account), f"/etc/{account}")
    yield from ("--proc", "/proc", "--dev", "/dev")
    for path_shown in ("/sys",) if view.devices else _PROCESSORS:
        yield from ("--ro-bind-try", path_shown, path_shown)
    for device in view.devices:
        yield from ("--dev-bind", str(device), str(device))
