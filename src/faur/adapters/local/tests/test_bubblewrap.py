"""What the sandbox shows of an interpreter."""

import sys
from pathlib import Path

import pytest

from faur.adapters.local.bubblewrap import find_bubblewrap, prefixes


def test_every_folder_on_the_way_to_an_interpreter_is_shown(tmp_path: Path) -> None:
    real, environment, alias = tmp_path / "python-3.11.9", tmp_path / "venv", tmp_path / "python-3.11"
    for folder in (real, environment):
        (folder / "bin").mkdir(parents=True)
    (real / "bin" / "python3.11").symlink_to(Path(sys.executable).resolve())
    (real / "bin" / "python3").symlink_to("python3.11")
    alias.symlink_to(real)
    (environment / "bin" / "python").symlink_to(alias / "bin" / "python3")
    shown = prefixes(environment / "bin" / "python")
    assert {real, environment, alias} <= set(shown)


def test_the_system_s_own_interpreter_needs_no_more_than_the_system() -> None:
    if not Path("/usr/bin/python3").exists():
        pytest.skip("this machine has no Python of its own")
    assert prefixes(Path("/usr/bin/python3")) == ()


def test_a_machine_without_bubblewrap_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_bubblewrap(Path(sys.executable)) == (None, "bubblewrap is not installed")


@pytest.mark.skipif(sys.platform != "linux", reason="bubblewrap is for Linux")
def test_a_bubblewrap_that_does_not_work_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    false = tmp_path / "bwrap"
    false.write_text("#!/bin/sh\necho 'No permissions to create new namespace' >&2\nexit 1\n")
    false.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found, why_not = find_bubblewrap(Path(sys.executable))
    assert (found, why_not) == (None, "bubblewrap does not work here (No permissions to create new namespace)")
