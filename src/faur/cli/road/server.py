"""The factory that the demo starts and stops."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from faur.cli.refusal import Refused

STOP_SECONDS = 15


def home() -> Path:
    return Path(os.environ.get("FAUR_HOME") or "var").expanduser().resolve()


def log_path() -> Path:
    """Where the factory says what happens to it."""
    return home() / "factory.log"


@dataclass(frozen=True, slots=True)
class Running:
    """A factory that answers at `url`."""

    url: str
    process: "subprocess.Popen[bytes]"

    def serve_on(self) -> None:
        """Until somebody stops this process, by Ctrl-C or SIGTERM. Raises Refused: the factory ended by itself."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler)
        try:
            status = self.process.wait()
        except KeyboardInterrupt:
            return
        raise Refused.because("factory.ended", f"The factory ended by itself, with {status}.", f"See {log_path()}.")


@contextmanager
def running_factory() -> Iterator[Running]:
    """A factory of this home, ready to answer. It ends with this process, however that ends.

    Raises:
        Refused: it did not start, for the reason that its log gives, or there is no place for its log.
    """
    log = log_path()
    with _opened(log) as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "faur.site", "up", "--with-parent"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=lines,
        )
    try:
        yield Running(_address(process, log), process)
    finally:
        _stop(process)


def _opened(log: Path) -> BinaryIO:
    try:
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return log.open("ab")
    except OSError as error:
        raise Refused.because(
            "home.unusable",
            f"The home folder {log.parent} cannot be used: {error.strerror}.",
            "Mend it, or choose another folder with FAUR_HOME.",
        ) from None


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    """The address that the factory prints when it listens."""
    line = process.stdout.readline().decode() if process.stdout else ""
    if not line.startswith("Faur is at "):
        process.wait(timeout=STOP_SECONDS)
        last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-3:]
        raise Refused.because("factory.not_started", "The factory did not start.", "\n".join(last))
    return line.removeprefix("Faur is at ").strip()


def _stop(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
