"""`faur up` and its like: they start programs of the site, which the command line itself does not know."""

import os
import sys
from typing import Annotated

import typer


def _become(*arguments: str) -> None:
    """Replace this process with a command of the site."""
    os.execv(sys.executable, [sys.executable, "-m", "faur.site", *arguments])  # noqa: S606 - no shell is meant


def up() -> None:
    """Start the whole factory in one process."""
    _become("up")


def serve() -> None:
    """Start the portal, the API and the gateway, without workers."""
    _become("serve")


def work() -> None:
    """Start the tasks and the pollers, without the portal."""
    _become("work")


def migrate() -> None:
    """Bring the database, the static files and the library up to date."""
    _become("migrate")


def appoint(
    email: Annotated[str, typer.Argument(help="The person's e-mail address.")],
    role: Annotated[str, typer.Argument(help="operator, evaluator or auditor.")],
) -> None:
    """Give a person a role in the factory."""
    _become("appoint", email, role)


def tasks(again: Annotated[str, typer.Option(help="Put the task of this id back into the queue.")] = "") -> None:
    """What the workers gave up, and why; or one of these once more."""
    _become("tasks", *(["--again", again] if again else []))


def register(app: typer.Typer) -> None:
    for command in (up, serve, work, migrate, appoint, tasks):
        app.command(rich_help_panel="Run a factory")(command)
