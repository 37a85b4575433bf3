"""Small things stay small: functions under 30 lines, files under 300, six arguments at most."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FUNCTION = 30
LONGEST_FILE = 300
MOST_ARGUMENTS = 6

EXCEPTIONS: dict[str, str] = {
    # "path or path::function": "why it may be longer",
    "src/faur/kernel/record/verify.py": "one file by promise: it is handed on alone to whoever checks a bundle",
}


def _sources() -> list[Path]:
    folders = [ROOT / name for name in ("src", "tests", "bench")]
    found = [path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts]
    return sorted(found)


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    every = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return len([one for one in every if one.arg not in {"self", "cls"}])


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_and_its_functions_stay_small(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    text = path.read_text(encoding="utf-8")
    faults = []
    if text.count("\n") > LONGEST_FILE and name not in EXCEPTIONS:
        faults.append(f"{name} has {text.count(chr(10))} lines")
    is_test = "tests" in path.parts or path.name == "conftest.py"
    for function in _functions(ast.parse(text)):
        length = (function.end_lineno or 0) - function.lineno + 1
        if f"{name}::{function.name}" in EXCEPTIONS:
            continue
        if length > LONGEST_FUNCTION:
            faults.append(f"{name}:{function.lineno} {function.name} has {length} lines")
        if not is_test and _arguments(function) > MOST_ARGUMENTS and not _is_command(function):
            faults.append(f"{name}:{function.lineno} {function.name} takes {_arguments(function)} arguments")
    assert not faults, "\n".join(faults)


def _is_command(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A command of the command line has an argument for each of its options."""
    return any(
        isinstance(argument.annotation, ast.Subscript) and ast.unparse(argument.annotation.value) == "Annotated"
        for argument in function.args.args
    )


NAMES = {"utils", "helpers", "manager", "common", "lib", "misc"}


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert not [
        path for path in _sources() if path.stem in NAMES or set(path.parts) & NAMES - set(ROOT.parts) - {"lib"}
    ]
