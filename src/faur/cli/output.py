"""How answers look in a terminal: tables and fields for people, JSON for programs."""

import json
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
from rich.table import Table
from rich.text import Text

from faur.cli.client import Api
from faur.cli.transfer import Seen

GAP, SHORT, NAME, LEAST = 2, 19, 40, 12
"""Between columns; what stays on one line, and what does in the first column; what is folded gets this at least."""
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
Row = Mapping[str, Any]  # Any: JSON


def _console(*, stderr: bool = False) -> Console:
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


console = _console()
errors = _console(stderr=True)


@dataclass(slots=True)
class Form:
    """How this call answers: every command takes `--json`, every list which page of it, 0 for all."""

    as_json: bool = False
    page: int = 0
    size: int = 50


form = Form()


def show_pages(api: Api, path: str, columns: Sequence[str], **query: object) -> None:
    """A list of the API: one page of it for people, all of it for programs, unless one page was asked for.

    Raises Refused.
    """
    if form.as_json and not form.page:
        show_list(api.all(path, **query), columns)
        return
    page = form.page or 1
    answer = api.get(path, page=page, size=form.size, **query)
    show_list(answer["items"], columns)
    if page * answer["size"] < answer["total"]:
        note(f"{len(answer['items'])} of {answer['total']}. `--page {page + 1}` shows the next.")


def show_list(rows: Iterable[Row], columns: Sequence[str]) -> None:
    """A table with these fields as columns; with `--json` one object a line, whole."""
    if form.as_json:
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    found = [[as_text(_at(row, column)) for column in columns] for row in rows]
    if not found:
        console.print("Nothing here yet.")
    elif not console.is_terminal:
        _print_lines([[column.replace("_", " ") for column in columns], *found])
    elif _fits(found):
        console.print(_table(columns, found))
    else:
        for cells in found:
            console.print(_fields(zip(columns, cells, strict=True)), "")


def show(thing: Row, *, without: Collection[str] = ()) -> None:
    """One thing, a line a field, its lists of things as tables below; with `--json` as it came, and whole.

    `without`: fields that people are shown in another way.
    """
    if form.as_json:
        sys.stdout.write(json.dumps(thing, ensure_ascii=False, indent=2) + "\n")
        return
    said = {name: value for name, value in thing.items() if name not in without and value not in (None, "", [], {})}
    tables = {name: value for name, value in said.items() if _is_table(value)}
    fields = [(name, as_text(value)) for name, value in said.items() if name not in tables]
    if fields and console.is_terminal:
        console.print(_fields(fields))
    elif fields:
        _print_lines([[f"{name.replace('_', ' ')}:", text] for name, text in fields])
    for name, rows in tables.items():
        show_table(name.replace("_", " "), rows)


def show_table(title: str, rows: Sequence[Row], columns: Sequence[str] = ()) -> None:
    """A table below the fields of a thing; by default of all that its rows say in a word."""
    console.print(f"\n{title}")
    plainly = {name: None for row in rows for name, value in row.items() if not isinstance(value, Mapping | list)}
    show_list(rows, columns or [name for name in plainly if name != "link"])


def tell(sentence: str) -> None:
    """What was done, for people; programs see it in the exit status."""
    if not form.as_json:
        console.print(plain(sentence))


def note(sentence: str) -> None:
    """A word beside the answer, on standard error."""
    errors.print(Text(plain(sentence), style="dim"))


@contextmanager
def progress(title: str, total: int | None) -> Iterator[Seen]:
    """A bar for bytes on the way, where somebody looks."""
    if not errors.is_terminal or form.as_json:
        yield lambda _moved: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(24), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=errors, transient=True) as bar:
        task = bar.add_task(plain(title), total=total)
        yield lambda moved: bar.update(task, completed=moved)


def as_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {as_text(one)}" for name, one in value.items() if one not in (None, "", [], {}))
    if isinstance(value, list):
        return ("\n" if any(isinstance(one, Mapping) for one in value) else ", ").join(as_text(one) for one in value)
    text = "" if value is None else plain(str(value))
    return f"{datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M}" if MOMENT.fullmatch(text) else text


def plain(text: str) -> str:
    """Text of others without what would steer the terminal."""
    return CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def _is_table(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def _print_lines(rows: Sequence[Sequence[str]]) -> None:
    """Rows for a pipe or a file: a line each, however long, with the columns under each other."""
    folded = [[" ".join(text.split()) for text in row] for row in rows]
    widths = [max(len(text) for text in column) for column in zip(*folded, strict=True)]
    for row in folded:
        cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")


def _fits(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the terminal is wide enough for a table in which the first column and short ones are never folded."""
    widths = [max(len(text) for text in column) for column in zip(*rows, strict=True)]
    least = [width if _stays_whole(place, width) else LEAST for place, width in enumerate(widths)]
    return sum(least) + GAP * (len(least) - 1) <= console.width


def _stays_whole(place: int, width: int) -> bool:
    return width <= (NAME if place == 0 else SHORT)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, GAP, 0, 0), collapse_padding=True)
    for place, column in enumerate(columns):
        width = max(len(row[place]) for row in rows)
        table.add_column(column.replace("_", " "), overflow="fold", no_wrap=_stays_whole(place, width))
    for row in rows:
        table.add_row(*(Text(text) for text in row))
    return table


def _fields(said: Iterable[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    for field, text in said:
        grid.add_row(field.replace("_", " "), Text(text))
    return grid


def _at(row: Row, path: str) -> object:
    value: object = row
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
