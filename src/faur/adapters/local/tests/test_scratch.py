"""What a process copies for a moment goes with the process, or with the next one that looks."""

import os
import signal
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from faur.adapters.local.scratch import scratch
(scratch() / "copy").write_bytes(b"half")
print(scratch(), flush=True)
sys.stdin.read()
"""


def start(home: Path) -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "FAUR_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def end(process: subprocess.Popen[str]) -> None:
    process.communicate()


def test_a_process_that_ends_leaves_nothing(tmp_path: Path) -> None:
    process, folder = start(tmp_path)
    assert (folder / "copy").exists()
    end(process)
    assert not folder.exists()


def test_what_a_killed_process_left_is_removed_and_what_a_living_one_has_is_not(tmp_path: Path) -> None:
    killed, left = start(tmp_path)
    living, kept = start(tmp_path)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert left.exists()
    third, _ = start(tmp_path)
    assert (left.exists(), kept.exists()) == (False, True)
    end(living)
    end(third)
