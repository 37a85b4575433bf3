"""`faur`: everything that the portal does, from a terminal."""

import sys
from typing import Annotated

import typer

from faur import __version__
from faur.cli.client import Refused
from faur.cli.commands import access, account, compute, data, demo, factory, models, projects, serving, trust, verify
from faur.cli.output import Form, errors

app = typer.Typer(no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False, rich_markup_mode=None)

for part in (demo, factory, account, projects, access, data, compute, models, trust, serving, verify):
    part.register(app)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"faur {__version__}")
        raise typer.Exit


@app.callback()
def options(
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which Faur this is.")
    ] = False,
) -> None:
    """The software of an AI Factory: one road from an application to a served model, and one record of it."""
    Form.as_json = as_json


def main() -> None:
    """Run the command; a refusal is a sentence on standard error and exit status 1."""
    try:
        app()
    except Refused as refused:
        errors.print(refused.in_words(), style="red", markup=False)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)


if __name__ == "__main__":
    main()
