"""How answers look in a terminal: tables and fields for people, JSON for programs."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

console = Console()
errors = Console(stderr=True)


class Form:
    """Whether this call answers in JSON; set once by the main command's `--json`."""

    as_json = False


def show_list(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:  # Any: JSON
    """A table with these fields as columns; with `--json` one object a line, whole."""
    if Form.as_json:
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    count = 0
    for row in rows:
        table.add_row(*(as_text(_at(row, column)) for column in columns))
        count += 1
    console.print(table if count else "Nothing here yet.")


def show(thing: Mapping[str, Any]) -> None:  # Any: JSON
    """One thing, a line a field; with `--json` as it came."""
    if Form.as_json:
        sys.stdout.write(json.dumps(thing, ensure_ascii=False, indent=2) + "\n")
        return
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    for field, value in thing.items():
        if value not in (None, "", [], {}):
            grid.add_row(field.replace("_", " "), as_text(value))
    console.print(grid)


def as_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def _at(row: Mapping[str, Any], path: str) -> object:  # Any: JSON
    value: object = row
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value
