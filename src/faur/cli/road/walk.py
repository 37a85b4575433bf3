"""Walks the road step by step, shows it, times it, and writes down what was made."""

import json
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
from faur.cli.road.summary import as_document, print_summary, say

INTERRUPTED = 130


def main(*, once: bool) -> int:
    """Walk the road; returns 0 only if every step did what it says. Without `once`, serves on until Ctrl-C."""
    began = time.monotonic()
    try:
        with running_factory() as factory:
            journal = Journal(home() / "road.json")
            journal.add_seconds("The factory starts", time.monotonic() - began)
            document = _walk(factory.url, journal)
            print_summary(document)
            if not once:
                say(f"\nThe portal is at {factory.url}. Ctrl-C stops the factory; what was made stays in {home()}.")
                factory.serve_on()
    except Refused as refused:
        errors.print(refused.in_words(), style="red", soft_wrap=True)
        return 1
    except OSError as error:  # the disk is full, or somebody took the folder away
        errors.print(f"The demo cannot go on: {error.strerror}: {error.filename}.", style="red")
        return 1
    except KeyboardInterrupt:
        errors.print("The demo was stopped; the same command goes on from here.")
        return INTERRUPTED
    return 0


def _walk(url: str, journal: Journal) -> Json:
    words = TextColumn("{task.description}", markup=False)
    columns = (SpinnerColumn(), BarColumn(13), MofNCompleteColumn(), TimeElapsedColumn(), words)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=len(STEPS))
        road = Road(url=url, home=home(), journal=journal, say=lambda text: None)
        for title, step in STEPS:
            road.say = lambda text, title=title: progress.update(task, description=f"{title}: {text}")  # type: ignore[misc]  # mypy cannot infer a lambda's default
            progress.update(task, description=title)
            progress.print(_done(title, step, road), soft_wrap=True)
            progress.advance(task)
    document = as_document(road, _ledger(road))
    _write(home() / "summary.json", document)
    journal.finish()
    return document


def _done(title: str, step: Step, road: Road) -> Text:
    """Walk one step; returns what to say of it. Raises Refused, and says at which step."""
    began = time.monotonic()
    try:
        step(road)
    except Refused:
        console.print(Text.assemble(("✗", "red"), f" {title}"), soft_wrap=True)
        raise
    finally:
        road.journal.add_seconds(title, time.monotonic() - began)
    return Text.assemble(("✓", "green"), f" {title} ", (f"{road.journal.seconds[title]:.1f} s", "dim"))


def _ledger(road: Road) -> Json:
    allocation = Api(road.url, road.people["engineer"].token).get(f"/allocations/{road.made['allocation']}")
    ledger = {name: allocation[name] for name in ("unit", "amount", "used", "held", "free")}
    is_settled = ledger["held"] == 0 and ledger["used"] + ledger["free"] == ledger["amount"]
    road.expect(is_settled, f"The ledger is not settled: {ledger}.")
    return ledger


def _write(path: Path, document: Json) -> None:
    made = path.with_suffix(".new")
    made.touch(mode=0o600)  # it names the demo's accounts and their tokens
    made.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    made.replace(path)
