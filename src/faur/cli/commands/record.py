"""The record: what happened, entry by entry, and the key that vouches for it."""

import json
from typing import Annotated

import typer

from faur.cli.client import at, connect
from faur.cli.commands.options import Project
from faur.cli.input import the_only
from faur.cli.nouns import Noun
from faur.cli.output import form, show, show_pages, tell
from faur.cli.refusal import Misused

record = Noun("The record: who did what to what, entry by entry.")


@record.verb("list", paged=True)
def list_entries(
    project: Project = "",
    factory: Annotated[bool, typer.Option("--factory", help="The factory's own chain (operators, auditors).")] = False,
    verb: Annotated[str, typer.Option(help="Entries of this verb only, as data.accept_version.")] = "",
) -> None:
    """The entries of a project's chain, or of the factory's, newest first."""
    api = connect()
    path = "/record/factory" if factory else at("projects", the_only(api, "/projects", project), "record")
    show_pages(api, path, ["entry", "at", "verb", "strength"], verb=verb)


@record.verb("show")
def show_entry(entry: Annotated[str, typer.Argument(help="Chain and number, as prj_…#12 or factory#3.")]) -> None:
    """One entry, whole."""
    chain, _, number = entry.partition("#")
    if not number.isdecimal():
        raise Misused.because("argument.no_entry", f"“{entry}” names no entry.", "As prj_…#12 or factory#3.")
    found = connect().get(at("record", chain, number))
    show(found, without={"claims"})
    if found["claims"] and not form.as_json:
        tell("\nclaims\n" + json.dumps(found["claims"], ensure_ascii=False, indent=2))


@record.verb("key")
def key() -> None:
    """The key that signs this factory's checkpoints and bundles, for `faur verify --key`."""
    show(connect().get("/record/key"))


def register(app: typer.Typer) -> None:
    app.add_typer(record, name="record", rich_help_panel="Evidence")
