"""The whole road, walked through the public API as users would."""

from typing import Annotated

import typer


def demo(
    once: Annotated[bool, typer.Option("--once", help="Stop after the summary instead of serving on.")] = False,
) -> None:
    """Start a factory and walk the whole road: from an application to a served, documented model."""
    from faur.cli.road import walk  # costs time that no other command should pay

    raise typer.Exit(walk.main(once=once))


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel="Start here")(demo)
