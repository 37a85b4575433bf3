"""A start that cannot be ends with a sentence, never with a stack trace."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from faur.kernel.units import MIB
from faur.site.static import lay_out_static_files

UP = [sys.executable, "-m", "faur.site", "up"]


def environment(home: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FAUR_", "DJANGO_"))}
    return {**kept, "FAUR_HOME": str(home), "FAUR_PORT": "0", **settings}


def refusal(home: Path, *before: str, **settings: str) -> str:
    """What a start that must fail says; `before` is what wraps the command."""
    ended = subprocess.run(
        [*before, *UP], env=environment(home, **settings), capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1, ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr


@contextmanager
def running(home: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    factory = subprocess.Popen(
        UP, env=environment(home, FAUR_PORT=str(port)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert factory.stdout is not None
    said = factory.stdout.readline()
    try:
        assert said == f"Faur is at http://127.0.0.1:{port}\n", factory.communicate()[1]
        yield factory
    finally:
        factory.kill()
        factory.communicate()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which an earlier start did what is done once."""
    home = Path(tmp_path_factory.mktemp("prepared"))
    subprocess.run([*UP[:-1], "migrate"], env=environment(home), check=True)
    return home


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_prepared_factory_answers_within_three_seconds_of_work_and_idles_under_150_mib(
    prepared: Path, port: int
) -> None:
    with running(prepared, port) as factory:
        process = psutil.Process(factory.pid)
        spent = process.cpu_times()
        assert spent.user + spent.system < 3
        assert httpx.get(f"http://127.0.0.1:{port}/", timeout=20).status_code == 200
        assert process.memory_info().rss < 150 * MIB


def test_a_second_factory_of_a_home_says_that_there_is_one_and_ctrl_c_ends_the_first_well(
    prepared: Path, tmp_path: Path, port: int
) -> None:
    with running(prepared, port) as first:
        assert "A factory is running already in" in refusal(prepared)
        assert f"Port {port} is taken." in refusal(tmp_path / "another", FAUR_PORT=str(port))
        first.send_signal(signal.SIGINT)
        _said, wrong = first.communicate(timeout=20)
        assert (first.returncode, wrong) == (0, "")


def test_a_factory_that_was_started_by_another_program_ends_with_it_at_any_moment(prepared: Path, port: int) -> None:
    for lines in (0, 1):
        started = [*UP, "--with-parent"]
        factory = subprocess.Popen(
            started, env=environment(prepared, FAUR_PORT=str(port)), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert factory.stdin is not None
        assert factory.stdout is not None
        for _ in range(lines):
            factory.stdout.readline()
        factory.stdin.close()
        assert factory.wait(timeout=30) == (0 if lines else 1)
        factory.stdout.close()


def test_an_address_that_this_machine_does_not_have_is_named(tmp_path: Path) -> None:
    assert "Nothing can listen at 192.0.2.1" in refusal(tmp_path, FAUR_HOST="192.0.2.1")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"FAUR_PORT": "eighty"}, "FAUR_PORT cannot be 'eighty'"),
        ({"FAUR_DATABASE_URL": "mysql://x"}, "FAUR_DATABASE_URL must begin with postgresql://"),
        ({"FAUR_HOME": "/proc/faur"}, "The home folder /proc/faur cannot be used"),
    ],
)
def test_a_setting_that_cannot_be_honoured_ends_the_start(tmp_path: Path, settings: dict[str, str], words: str) -> None:
    assert words in refusal(tmp_path, **settings)


def test_a_database_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "faur.sqlite3").write_bytes(b"no database" * 1000)
    assert "file is not a database" in refusal(tmp_path)


def test_an_operators_file_that_holds_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "operator.json").write_text("{")
    assert "operator.json does not hold the first operator's account" in refusal(tmp_path)


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("disk", "words"),
    [
        (("--ro-bind",), "Read-only file system"),
        (("--size", str(16 * MIB), "--tmpfs"), "a factory needs 64 MiB to start"),
    ],
)
def test_a_home_without_room_or_rights_is_named(tmp_path: Path, disk: tuple[str, ...], words: str) -> None:
    if not (bubblewrap := shutil.which("bwrap")):
        pytest.skip("bubblewrap is not here")
    *options, kind = disk
    place = [kind, str(tmp_path), str(tmp_path)] if kind == "--ro-bind" else [*options, kind, str(tmp_path)]
    assert words in refusal(tmp_path, bubblewrap, "--dev-bind", "/", "/", *place)


def test_static_files_that_were_half_laid_out_are_laid_out_again(
    tmp_path: Path, settings: "pytest.FixtureRequest"
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"  # type: ignore[attr-defined]  # pytest-django's settings
    lay_out_static_files()
    (sheet,) = (tmp_path / "static" / "portal").glob("theme.????????????.js")
    whole = sheet.read_bytes()
    (tmp_path / "static.sources").unlink()  # as if killed before the end
    sheet.write_bytes(b"half")
    (tmp_path / "static" / "portal" / "theme.js").write_bytes(b"half")
    lay_out_static_files()
    assert sheet.read_bytes() == whole
    sheet.unlink()
    lay_out_static_files()
    assert not sheet.exists(), "what was laid out to its end is not looked at again"
