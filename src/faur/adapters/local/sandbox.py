"""One short command over bytes that nobody trusts, in the same sandbox as a job: for those who look into files."""

import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import faur
from faur.adapters.local import launch, outputs, processes
from faur.adapters.local.bubblewrap import View, find_bubblewrap, options_file, prefixes, wrapped
from faur.adapters.local.confinement import LAUNCH_INSIDE, launching, limits_text
from faur.adapters.local.environment import SYSTEM_PATH, passed_on
from faur.adapters.local.scratch import scratch
from faur.adapters.local.tree import Tree
from faur.kernel.units import GIB, MIB, Bytes

Exceeded = Literal["", "wall_seconds", "memory", "processes", "disk", "output"]

_PACKAGES = Path(faur.__file__).parent.parent
_PACE = 0.03
_TRAIT = "FAUR_SANDBOXED"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the command may use: seconds, resident bytes of all its processes, bytes in its /tmp, bytes of stdout."""

    wall_seconds: float = 30.0
    memory: Bytes = Bytes(GIB)
    processes: int = 64
    disk: Bytes = Bytes(64 * MIB)
    output: Bytes = Bytes(16 * MIB)


@dataclass(frozen=True, slots=True)
class Completed:
    """How the command ended. `exceeded` names the limit for which it was killed; `stdout` and `stderr` are cut there.

    `sandbox` is `bubblewrap`, or `none` where this machine has no usable one: then the limits alone held it.
    """

    exit_code: int
    stdout: bytes
    stderr: bytes
    exceeded: Exceeded
    sandbox: str


def run_sandboxed(
    command: Sequence[str], *, readable: Sequence[Path], limits: Limits | None = None, stdin: bytes | None = None
) -> Completed:
    """Run `command` to its end and give back what it said.

    It sees the system's programs, this interpreter (`sys.executable`), the package `faur`, and `readable` under their
    own absolute paths, all read-only; a private /tmp, where it starts; no network.

    Raises:
        OSError: the machine cannot start it.
    """
    with _private_folder() as folder, processes.served_first():
        return _Run(folder, limits or Limits()).to_its_end(list(command), readable, stdin or b"")


class _Run:
    """One command in its folder: `tmp` is its own, `stdout` and `stderr` catch what it says."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._token = secrets.token_hex(8)
        self._bubblewrap = find_bubblewrap(Path(sys.executable))[0]

    def to_its_end(self, command: list[str], readable: Sequence[Path], stdin: bytes) -> Completed:
        (self._folder / "tmp").mkdir()
        (self._folder / "stdin").write_bytes(stdin)
        process = self._start(command, readable)
        exceeded = self._wait(process)
        code = process.returncode
        return Completed(
            exit_code=128 - code if code < 0 else code,
            stdout=self._said("stdout"),
            stderr=self._said("stderr"),
            exceeded=exceeded,
            sandbox="bubblewrap" if self._bubblewrap else "none",
        )

    def _start(self, command: list[str], readable: Sequence[Path]) -> subprocess.Popen[bytes]:
        if self._bubblewrap is None:
            environment = self._environment(str(self._folder / "tmp"))
            return self._popen(self._launching(launch.__file__, command), environment=environment)
        with options_file(self._bubblewrap, self._view(readable)) as options:
            words = [*wrapped(self._bubblewrap, options), *self._launching(LAUNCH_INSIDE, command)]
            return self._popen(words, environment={}, pass_fds=[options.fileno()])

    def _popen(
        self, words: list[str], *, environment: dict[str, str], pass_fds: Sequence[int] = ()
    ) -> subprocess.Popen[bytes]:
        paths = {name: self._folder / name for name in ("stdin", "stdout", "stderr")}
        with paths["stdin"].open("rb") as read, paths["stdout"].open("wb") as out, paths["stderr"].open("wb") as err:
            return subprocess.Popen(
                words,
                stdin=read,
                stdout=out,
                stderr=err,
                cwd=self._folder / "tmp",
                env=environment,
                pass_fds=pass_fds,
                start_new_session=True,
            )

    def _launching(self, script: str, command: list[str]) -> list[str]:
        largest = max(self._limits.disk, self._limits.output) + MIB
        most, sandboxed = self._limits.processes, self._bubblewrap is not None
        limits = limits_text(largest_file=largest, most_processes=most, sandboxed=sandboxed)
        return launching(sys.executable, script, limits, command)

    def _view(self, readable: Sequence[Path]) -> View:
        interpreter = prefixes(Path(sys.executable))
        shown = [*interpreter, Path(faur.__file__).parent, *(path.absolute() for path in readable)]
        private = self._folder / "tmp"
        return View(
            readable={LAUNCH_INSIDE: Path(launch.__file__)} | {str(path): path for path in shown},
            writable={"/tmp": private, "/dev/shm": private},  # noqa: S108 - paths inside the sandbox
            environment=self._environment("/tmp"),  # noqa: S108 - a path inside the sandbox
            directory="/tmp",  # noqa: S108 - a path inside the sandbox
        )

    def _environment(self, temporary: str) -> dict[str, str]:
        fixed = {"PATH": SYSTEM_PATH, "LANG": "C.UTF-8", "HOME": temporary, "TMPDIR": temporary}
        return {**fixed, "PYTHONPATH": str(_PACKAGES), _TRAIT: self._token, **passed_on()}

    def _wait(self, process: subprocess.Popen[bytes]) -> Exceeded:
        isolated = self._bubblewrap is not None
        tree = Tree(process.pid, isolated=isolated, trait=(_TRAIT, self._token))
        until = time.monotonic() + self._limits.wall_seconds
        exceeded: Exceeded = ""
        while not exceeded and not _ended(process):
            exceeded = self._exceeded(tree, until)
        tree.kill()
        process.wait()
        return exceeded or self._wrote_too_much()

    def _exceeded(self, tree: Tree, until: float) -> Exceeded:
        if tree.count() > self._limits.processes:
            return "processes"
        if processes.memory_of(processes.alive(tree.pids()), self._limits.memory) > self._limits.memory:
            return "memory"
        return "wall_seconds" if time.monotonic() > until else self._wrote_too_much()

    def _wrote_too_much(self) -> Exceeded:
        if any((self._folder / name).stat().st_size > self._limits.output for name in ("stdout", "stderr")):
            return "output"
        try:
            return "disk" if outputs.measured(self._folder / "tmp") > self._limits.disk else ""
        except outputs.Unmeasurable:
            return "disk"

    def _said(self, name: str) -> bytes:
        return outputs.read_plain(self._folder / name, 0, self._limits.output)


def _ended(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(_PACE)
    except subprocess.TimeoutExpired:
        return False
    return True


@contextmanager
def _private_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="sandbox-", dir=scratch()))
    try:
        yield folder
    finally:
        outputs.remove(folder)
