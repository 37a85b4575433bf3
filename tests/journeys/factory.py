"""A factory of one's own, as a process, in which the whole road was walked once."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FAUR = [sys.executable, "-m", "faur.cli.main"]
LONGEST_WALK = 400.0


@dataclass(frozen=True, slots=True)
class Walked:
    """Where it is, and what the walk wrote down of itself."""

    home: Path
    url: str
    summary: dict[str, Any]

    def token(self, role: str) -> str:
        return str(self.summary["accounts"][role]["token"])


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def environment(home: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FAUR_", "DJANGO_"))}
    return {**kept, "FAUR_HOME": str(home), "FAUR_PORT": str(port)}


@contextmanager
def walked_factory(home: Path) -> Iterator[Walked]:
    """`faur demo`, which walks the road and serves on; it is stopped as a person would, with Ctrl-C.

    `FAUR_TEST_WALKED` names the home of one that runs already, for who writes journeys and will not wait for the walk.
    """
    if running := os.environ.get("FAUR_TEST_WALKED"):
        summary = json.loads((Path(running) / "summary.json").read_text(encoding="utf-8"))
        yield Walked(Path(running), summary["portal"], summary)
        return
    port = free_port()
    said = (home.parent / f"{home.name}.log").open("w+b")
    process = subprocess.Popen([*FAUR, "demo"], env=environment(home, port), stdout=said, stderr=said)
    try:
        summary = _wait_for_summary(process, home / "summary.json", said.name)
        yield Walked(home, f"http://127.0.0.1:{port}", summary)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        said.close()


def _wait_for_summary(process: "subprocess.Popen[bytes]", path: Path, log: str) -> dict[str, Any]:
    until = time.monotonic() + LONGEST_WALK
    while not path.exists():
        if process.poll() is not None or time.monotonic() > until:
            raise AssertionError(
                "the road was not walked to its end:\n" + Path(log).read_text(errors="replace")[-4000:]
            )
        time.sleep(0.2)
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document
