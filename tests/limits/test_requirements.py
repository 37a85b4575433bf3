"""Each library that is used is asked for, and each that is asked for has its reason in docs/decisions."""

import ast
import re
import sys
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
RECORD = ROOT / "docs" / "decisions" / "0003-dependencies.md"
INSTALLED = {"run", "train"}
"""What a factory is installed with; its recipes as well."""
OURS = {"faur", "tests", "bench", "tabular_training", "tabular_evaluation"}


def _plain(name: str) -> str:
    return re.split(r"[~=<>!;\[ (]", name.strip())[0].lower().replace("_", "-")


def _lines(part: str) -> list[str]:
    lines = (REQUIREMENTS / f"{part}.in").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("-")]


def _recorded() -> list[tuple[str, ...]]:
    rows = [line.strip("| ").split(" | ") for line in RECORD.read_text().splitlines() if line.startswith("| ")]
    return [tuple(row) for row in rows if row[0] != "library"]


def _reasons() -> dict[str, str]:
    """The range of each library that has a row of its own."""
    return {_plain(row[0]): row[1] for row in _recorded() if len(row) == 7}


def _hosts() -> dict[str, str]:
    """The library with which each other one comes."""
    return {_plain(row[0]): row[1] for row in _recorded() if len(row) == 3}


def _imported() -> dict[str, Path]:
    """The modules from elsewhere that the program imports, each with one file that does."""
    found: dict[str, Path] = {}
    for path in (ROOT / "src").rglob("*.py"):
        if "tests" in path.parts or path.name == "testing.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                named = [node.module or ""]
            found.update({name.split(".")[0]: path for name in named})
    return {name: path for name, path in found.items() if name not in sys.stdlib_module_names | OURS}


def test_what_the_program_imports_is_installed_with_it() -> None:
    known = packages_distributions()
    asked = {_plain(line) for part in INSTALLED for line in _lines(part)}
    missing = {
        f"{module} ({path.relative_to(ROOT)})"
        for module, path in _imported().items()
        if not {_plain(name) for name in known.get(module, [])} & (asked | set(_hosts()))
    }
    assert not missing


@pytest.mark.parametrize("part", ["run", "train", "dev"])
def test_every_requirement_has_its_reason_with_the_same_range(part: str) -> None:
    reasons = _reasons()
    wrong = [line for line in _lines(part) if reasons.get(_plain(line), "-").lower() not in line.lower()]
    assert not wrong, "docs/decisions/0003-dependencies.md tells of every requirement, with its range"


def test_no_reason_outlives_its_requirement() -> None:
    assert set(_reasons()) == {_plain(line) for part in ("run", "train", "dev") for line in _lines(part)}


@pytest.mark.parametrize(("library", "host"), sorted(_hosts().items()))
def test_what_comes_with_another_does(library: str, host: str) -> None:
    assert library in {_plain(name) for name in requires(host) or []}


@pytest.mark.parametrize("part", ["run", "train", "dev"])
def test_the_pins_are_of_what_is_asked_for(part: str) -> None:
    pinned = {_plain(line) for line in (REQUIREMENTS / f"{part}.txt").read_text().splitlines()}
    assert {_plain(line) for line in _lines(part)} <= pinned, "run uv pip compile"
