"""One short command in the sandbox: what it may do, and where it is stopped."""

import json
import socket
import sys
from pathlib import Path

import psutil
import pytest

import faur
from faur.adapters.local import sandbox
from faur.adapters.local.bubblewrap import Bubblewrap, find_bubblewrap
from faur.adapters.local.sandbox import Completed, Limits, run_sandboxed
from faur.kernel.units import KIB, MIB, Bytes

FOUND, WHY_NOT = find_bubblewrap(Path(sys.executable))


@pytest.fixture(params=[pytest.param("bubblewrap", marks=pytest.mark.sandbox), "none"], autouse=True)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With the sandbox, and as on a machine that has none."""
    if request.param == "bubblewrap" and FOUND is None:
        pytest.skip(WHY_NOT)
    if request.param == "none":
        nothing: tuple[Bubblewrap | None, str] = (None, "not for this test")
        monkeypatch.setattr(sandbox, "find_bubblewrap", lambda _interpreter: nothing)
    return request.param


ONLY_SANDBOXED = pytest.mark.parametrize("kind", [pytest.param("bubblewrap", marks=pytest.mark.sandbox)], indirect=True)


def run(program: str, *arguments: str, readable: tuple[Path, ...] = (), limits: Limits | None = None) -> Completed:
    return run_sandboxed([sys.executable, "-c", program, *arguments], readable=readable, limits=limits)


def test_a_command_reads_what_it_is_shown_and_answers(kind: str, tmp_path: Path) -> None:
    (tmp_path / "shown").write_bytes(b"shown")
    done = run("import sys; print(open(sys.argv[1]).read())", str(tmp_path / "shown"), readable=(tmp_path / "shown",))
    assert done == Completed(0, b"shown\n", b"", "", kind)


def test_a_command_takes_its_standard_input(kind: str) -> None:
    done = run_sandboxed([sys.executable, "-c", "print(input())"], readable=[], stdin=b"given")
    assert (done.exit_code, done.stdout) == (0, b"given\n")


def test_the_package_itself_can_be_imported(kind: str) -> None:
    assert run("import faur; print(faur.__version__)").exit_code == 0


@ONLY_SANDBOXED
def test_what_was_not_shown_is_not_there(kind: str, tmp_path: Path) -> None:
    (tmp_path / "hidden").touch()
    program = "import json, os, sys; print(json.dumps([os.path.exists(sys.argv[1]), os.listdir()]))"
    exists, names = json.loads(run(program, str(tmp_path / "hidden")).stdout)
    assert not exists
    assert set(names) <= _ways_through_tmp()


def _ways_through_tmp() -> set[str]:
    """What must stand in /tmp where the program itself is installed below it."""
    shown = [Path(path) for path in (faur.__file__, sys.prefix, sys.base_prefix)]
    return {path.parts[2] for path in shown if path.is_relative_to("/tmp")}


@ONLY_SANDBOXED
def test_nobody_is_reached(kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = run(f"import socket; socket.create_connection(('127.0.0.1', {server.getsockname()[1]}))")
    assert done.exit_code == 1
    assert b"refused" in done.stderr


@pytest.mark.parametrize(
    ("program", "limits", "exceeded"),
    [
        ("import time; time.sleep(60)", Limits(wall_seconds=0.5), "wall_seconds"),
        ("while True: held = bytearray(1 << 30)", Limits(memory=Bytes(128 * MIB)), "memory"),
        ("import os\nwhile True: os.fork()", Limits(processes=10), "processes"),
        ("while True: print('more')", Limits(output=Bytes(64 * KIB)), "output"),
        ("open('large', 'wb').write(bytes(3 << 20))", Limits(disk=Bytes(MIB), output=Bytes(KIB)), "disk"),
    ],
)
def test_a_command_is_stopped_at_its_limit(kind: str, program: str, limits: Limits, exceeded: str) -> None:
    done = run(program, limits=limits)
    assert done.exceeded == exceeded
    assert len(done.stdout) <= limits.output


def test_nothing_of_a_command_outlives_it(kind: str, tmp_path: Path) -> None:
    program = f"import os, time; os.fork() == 0 or os._exit(0); os.setsid(); time.sleep(61)  # {tmp_path}"
    run(program)
    left = [process for process in psutil.process_iter() if str(tmp_path) in " ".join(_words(process))]
    assert left == []


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return []


def test_a_crash_is_told_by_its_signal(kind: str) -> None:
    assert run("import os; os.abort()").exit_code == 134
