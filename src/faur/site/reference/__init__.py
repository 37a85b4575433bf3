"""The pages of docs/reference that are made from the program itself, so that they cannot say what is not so."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

PAGES = ("settings", "commands", "verbs", "tasks", "errors", "routes")


def pages() -> Mapping[str, str]:
    """The text of every generated page, by its file name. Django must be set up."""
    return {f"{name}.md": import_module(f"{__name__}.{name}").page() for name in PAGES}


def write(folder: Path) -> None:
    """Write every page into `folder`; a page that says the same already is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
