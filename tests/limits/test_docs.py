"""Docs cannot lie: what is generated is up to date, and what a page names exists."""

import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
STALE = "docs/reference/{} does not say what the program says: run `make docs`"
BESIDE = ("", "src/faur", "docs", "src/faur/portal/static/portal", "src/faur/portal/templates")
"""A page may name a file from the root of the project, from the package, or from its own folder."""

FILE = re.compile(r"(?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|toml|yaml|yml|json|html|css|js|svg|png|txt|po)|Makefile")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
QUOTED = re.compile(r"`([^`\n]+)`")
FENCED = re.compile(r"^```\w*\n(.*?)^```|((?:^ {4}.*\n?)+)", re.MULTILINE | re.DOTALL)
SETTING = re.compile(r"\bFAUR_[A-Z_]+[A-Z]\b")
IN_A_HOME = ("summary.json", "evidence.zip", "road.json", "operator.json", "factory.log", "faur.sqlite3")
IN_A_JOB = (
    "program",
    "in",
    "out",
    "report",
    "log",
    "parameters.json",
    "metrics.jsonl",
    "refusal.json",
    "progress.json",
    "claim.json",
    "exit.json",
    "model.json",
)
WORLDS = {*IN_A_HOME, *IN_A_JOB, "var", "api", "v2", "application", "styleguide", "recipe.toml", "~"}
"""First parts of paths that lie in a home folder, a job, a recipe or an address, not in the project."""


def _documents() -> list[Path]:
    written = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    return sorted(path for path in written if not (path.parent == REFERENCE and path.name in _generated()))


@cache
def _generated() -> dict[str, str]:
    from faur.site.reference import pages

    return dict(pages())


def _named(path: Path) -> list[str]:
    """What a page says in code: in backquotes, and the lines of its blocks."""
    text = path.read_text(encoding="utf-8")
    blocks = [line.strip() for fenced in FENCED.findall(text) for line in "".join(fenced).splitlines()]
    return [*QUOTED.findall(FENCED.sub("", text)), *blocks]


def _each(finder: re.Pattern[str]) -> Iterator[tuple[Path, str]]:
    for path in _documents():
        for said in _named(path):
            for found in finder.finditer(said):
                yield path, found.group(found.lastindex or 0)


@pytest.mark.parametrize("name", ["settings", "commands", "verbs", "tasks", "errors", "routes"])
def test_a_generated_page_says_what_the_program_says(name: str) -> None:
    path = REFERENCE / f"{name}.md"
    assert path.exists(), STALE.format(path.name)
    assert path.read_text(encoding="utf-8") == _generated()[path.name], STALE.format(path.name)


def test_everything_on_a_generated_page_says_what_it_is() -> None:
    from faur.kernel.actions import verbs
    from faur.kernel.config import Config
    from faur.kernel.tasks import declared_schedules, declared_tasks
    from faur.site.reference.errors import refusals
    from faur.site.reference.routes import hot_paths

    said = {
        **{f"refusal {kind.__module__}.{kind.__qualname__}": kind.__doc__ for kind in refusals()},
        **{f"verb {verb}": done.__doc__ for verb, done in verbs.items()},
        **{f"setting {name}": field.description for name, field in Config.model_fields.items()},
        **{f"task {one.name}": one.summary for one in (*declared_tasks(), *declared_schedules())},
        **{f"{method} {path}": words for method, path, words in hot_paths()},
    }
    assert not [name for name, words in said.items() if not words]


def test_every_link_leads_somewhere() -> None:
    dead = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in _documents()
        for target in LINK.findall(QUOTED.sub("", FENCED.sub("", path.read_text(encoding="utf-8"))))
        if not (path.parent / target).exists()
    ]
    assert not dead, "\n".join(dead)


def test_every_file_that_a_page_names_exists() -> None:
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in _documents()
        for said in _named(path)
        if " " not in said and FILE.fullmatch(said) and not _exists(name := said, path)
    }
    assert not missing, "\n".join(sorted(missing))


def _exists(name: str, document: Path) -> bool:
    if name.split("/", maxsplit=1)[0] in WORLDS:
        return True
    return any((folder / name).exists() for folder in (document.parent, *(ROOT / beside for beside in BESIDE)))


def test_every_make_target_that_a_page_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    missing = {
        f"{path.relative_to(ROOT)}: make {word}"
        for path, word in _each(re.compile(r"^make ([a-z]+)"))
        if word not in targets
    }
    assert not missing, "\n".join(sorted(missing))


def test_every_command_that_a_page_names_exists() -> None:
    from faur.site.reference.commands import commands

    known = {name for name, _command in commands()}
    begun = {" ".join(name.split()[:2]) for name in known}
    said = {(path, words) for path, words in _each(re.compile(r"^\$? ?(faur(?: [a-z][a-z-]*){1,2})\b"))}
    unknown = {f"{path.relative_to(ROOT)}: {words}" for path, words in said if not _is_command(words, known, begun)}
    assert not unknown, "\n".join(sorted(unknown))


def _is_command(words: str, known: set[str], begun: set[str]) -> bool:
    """The whole of it, or its first word where what follows is an argument."""
    short = " ".join(words.split()[:2])
    return words in known or short in known or (words == short and short in begun)


def test_every_module_that_a_page_runs_exists() -> None:
    missing = {
        f"{path.relative_to(ROOT)}: {module}"
        for path, module in _each(re.compile(r"python3? -m ([\w.]+)"))
        if importlib.util.find_spec(module) is None
    }
    assert not missing, "\n".join(sorted(missing))


def test_the_front_doors_that_the_architecture_names_are_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    (doors,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    exec(compile(doors, "architecture.md", "exec"), {})


def test_every_setting_that_a_page_names_is_read_somewhere() -> None:
    from faur.kernel.config import Config

    settings = {f"FAUR_{name}".upper() for name in Config.model_fields}
    sources = [
        *(ROOT / "src").rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        ROOT / "Makefile",
        ROOT / "tests" / "run",
    ]
    read = {word for path in sources for word in SETTING.findall(path.read_text(encoding="utf-8"))}
    unknown = {f"{path.relative_to(ROOT)}: {word}" for path, word in _each(SETTING) if word not in settings | read}
    assert not unknown, "\n".join(sorted(unknown))
