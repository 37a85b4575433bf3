"""The whole road, walked through the public API as users would."""

from typing import Annotated

import typer

from faur.cli.road import walk


def demo(
    once: Annotated[bool, typer.Option("--once", help="Stop after the summary instead of serving on.")] = False,
) -> None:
    """Start a factory and walk the whole road: from a small company's application to a served, documented model."""
    raise typer.Exit(walk.main(once=once))


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel="Start here")(demo)
