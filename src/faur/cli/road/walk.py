"""Walks the road step by step, shows it, times it, and writes down what was made."""

import json
import signal
import time
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from faur.cli.client import Api, Json
from faur.cli.output import console, errors
from faur.cli.refusal import Refused
from faur.cli.road.journal import Journal
from faur.cli.road.road import Road
from faur.cli.road.server import home, running_factory
from faur.cli.road.steps import STEPS, Step
from faur.cli.road.summary import as_document, print_summary


def main(*, once: bool) -> int:
    """Walk the road; returns 0 only if every step did what it says. Without `once`, serves on until Ctrl-C."""
    began = time.monotonic()
    try:
        with running_factory() as url:
            journal = Journal(home() / "road.json")
            journal.add_seconds("The factory starts", time.monotonic() - began)
            document = _walk(url, journal)
            print_summary(document)
            if not once:
                _serve_on(url)
    except Refused as refused:
        errors.print(refused.in_words(), style="red")
        return 1
    except OSError as error:  # the disk is full, or somebody took the folder away
        errors.print(f"The demo cannot go on: {error.strerror}: {error.filename}.", style="red")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _walk(url: str, journal: Journal) -> Json:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(16),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(STEPS))
        road = Road(url=url, home=home(), journal=journal, say=lambda text: None)
        for title, step in STEPS:
            road.say = lambda text, title=title: progress.update(task, description=f"{title}: {text}")  # type: ignore[misc]  # mypy cannot infer a lambda's default
            progress.update(task, description=title)
            seconds = _timed(step, road, journal, title)
            progress.print(Text.assemble(("✓", "green"), f" {title} ", (f"{seconds:.1f} s", "dim")))
            progress.advance(task)
    document = as_document(road, _ledger(road))
    _write(home() / "summary.json", document)
    journal.finish()
    return document


def _timed(step: Step, road: Road, journal: Journal, title: str) -> float:
    began = time.monotonic()
    try:
        step(road)
    finally:
        journal.add_seconds(title, time.monotonic() - began)
    return journal.seconds[title]


def _ledger(road: Road) -> Json:
    allocation = Api(road.url, road.people["engineer"].token).get(f"/allocations/{road.made['allocation']}")
    return {name: allocation[name] for name in ("unit", "amount", "used", "held", "free")}


def _write(path: Path, document: Json) -> None:
    made = path.with_suffix(".new")
    made.touch(mode=0o600)  # it names the demo's accounts and their tokens
    made.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    made.replace(path)


def _serve_on(url: str) -> None:
    console.print(f"\nThe portal is at {url}. Ctrl-C stops the factory; what was made stays in {home()}.")
    signal.sigwait({signal.SIGINT, signal.SIGTERM})
