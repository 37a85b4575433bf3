"""What a page gives to type at a terminal can be typed: the command exists, and takes what stands behind it."""

import html
import re
import shlex
from pathlib import Path

import pytest
import typer
import typer.main
from typer.core import TyperGroup

from faur.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
IN_A_TEMPLATE = re.compile(r"(?:<c-code[^>]*>|cli=\"|\n)\s*(faur [a-z][^<\n]*)")
IN_A_DOCUMENT = re.compile(r"^(faur [a-z].*)$|`(faur [a-z][^`\n]* [^`\n]*)`", re.MULTILINE)
COMMENT = re.compile(r"\s+#\s.*$")
VALUE, TAG = re.compile(r"{{.*?}}"), re.compile(r"{%.*?%}")


def _given() -> list[tuple[str, str]]:
    """Where a command stands, and the command."""
    templates = [*(ROOT / "src" / "faur").rglob("templates/**/*.html")]
    documents = [ROOT / "README.md", *(path for path in (ROOT / "docs").rglob("*.md") if path.stem != "commands")]
    found = []
    for path, finder in [*((one, IN_A_TEMPLATE) for one in templates), *((one, IN_A_DOCUMENT) for one in documents)]:
        for match in finder.finditer(path.read_text(encoding="utf-8")):
            found.append((str(path.relative_to(ROOT)), _plain(next(filter(None, match.groups())))))
    return found


def _plain(text: str) -> str:
    """A command without what the template puts into it, and without what follows it."""
    text = COMMENT.sub("", TAG.sub("", VALUE.sub("x", text)))
    return html.unescape(text.split('">')[0].split('" ')[0] if text.count('"') % 2 else text).strip()


@pytest.mark.parametrize(("place", "words"), _given(), ids=lambda one: str(one)[-70:])
def test_what_a_page_gives_to_type_can_be_typed(place: str, words: str) -> None:
    command, given = typer.main.get_command(app), shlex.split(words)[1:]
    while isinstance(command, TyperGroup):
        found = command.get_command(None, given[0])
        assert found, f"{place}: {words}"
        command, given = found, given[1:]
    if not given:
        return  # it is only named
    try:
        command.make_context("faur", given)
    except typer.Exit:
        return
    except typer.TyperException as wrong:
        pytest.fail(f"{place}: {words}\n{wrong.format_message()}", pytrace=False)


def test_pages_do_give_something_to_type() -> None:
    assert len(_given()) > 60
