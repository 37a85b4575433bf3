"""The little Markdown that the generated pages need."""

from collections.abc import Iterable, Sequence

MADE = "<!-- Made by `make docs`. Do not edit: a test compares it with the program. -->"


def document(title: str, introduction: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", MADE, introduction, *parts]) + "\n"


def section(title: str, *parts: str) -> str:
    return "\n\n".join([f"## {title}", *parts])


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar or a line break in a cell does not break it."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def code(text: object) -> str:
    return f"`{text}`"


def first_sentence(docstring: str | None) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((docstring or "").strip().split("\n\n")[0].split())


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
