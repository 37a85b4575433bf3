"""Processes are never mistaken for one another, and none gets away."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import psutil
import pytest

from faur.adapters.local import processes
from faur.adapters.local.tree import Tree, with_trait
from faur.kernel.units import MIB, Bytes

SLEEPS = "import os, time; os.write(1, b'up\\n'); time.sleep(60)"
TRAIT = ("FAUR_TEST", "of this test")
SHARES = """
import os, time
held = bytearray(os.urandom(1 << 20) * 60)
for _ in range(3):
    if os.fork() == 0: break
os.write(1, b'up\\n')
time.sleep(60)
"""


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[str]]]:
    running: list[subprocess.Popen[str]] = []
    yield running
    for process in running:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


def start(started: list[subprocess.Popen[str]], program: str, times: int = 1, **environment: str) -> int:
    """Start a program, and wait until it said so many times that it is up."""
    command = [sys.executable, "-c", program]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True, env={**os.environ, **environment}
    )
    started.append(process)
    for _ in range(times):
        assert process.stdout.readline() == "up\n"
    return process.pid


@pytest.mark.parametrize("platform", sorted({sys.platform, "darwin"}))
def test_a_process_is_known_by_its_mark_as_long_as_it_lives(
    started: list[subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    pid = start(started, SLEEPS)
    mark = processes.mark_of(pid)
    assert processes.lives(pid, mark)
    assert not processes.lives(pid, "another boot:1")
    started[0].kill()
    until = time.monotonic() + 5
    while processes.lives(pid, mark) and time.monotonic() < until:
        time.sleep(0.01)
    assert processes.mark_of(pid) is None, "a zombie does not live"


def test_all_that_descend_from_a_process_are_killed_and_its_strays_too(started: list[subprocess.Popen[str]]) -> None:
    stray = f"import os; os.fork() == 0 or os._exit(0); os.setsid(); {SLEEPS}"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {stray!r}]); {SLEEPS}"
    pid = start(started, program, times=2, **dict([TRAIT]))
    assert len(with_trait(TRAIT)) == 2
    Tree(pid, isolated=False, trait=TRAIT).kill()
    assert with_trait(TRAIT) == []


@pytest.mark.skipif(sys.platform != "linux", reason="shared pages are told apart on Linux alone")
def test_pages_that_processes_share_are_counted_once(started: list[subprocess.Popen[str]]) -> None:
    pid = start(started, SHARES, times=4)
    tree = Tree(pid, isolated=False, trait=TRAIT)
    members = processes.alive(tree.pids())
    assert len(members) == 4
    assert processes.memory_of(members, Bytes(1024 * MIB)) > 240 * MIB
    assert processes.memory_of(members, Bytes(100 * MIB)) < 110 * MIB
    tree.kill()
    assert not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in members)
