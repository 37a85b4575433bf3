"""`faur`: everything that the portal does, from a terminal."""

import errno
import json
import os
import sys
from typing import Annotated

import typer

from faur import __version__
from faur.cli.commands import (
    access,
    account,
    data,
    demo,
    evidence,
    factory,
    jobs,
    models,
    operating,
    projects,
    record,
    risk,
    serving,
    training,
    trust,
    verify,
)
from faur.cli.nouns import Either
from faur.cli.output import errors, form, plain
from faur.cli.refusal import REFUSED, Misused, Refused

app = typer.Typer(
    cls=Either, no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False, rich_markup_mode=None
)
PARTS = (
    *(demo, account, projects, access, data, training, jobs, models, serving),
    *(trust, risk, evidence, record, verify, factory, operating),
)
INTERRUPTED = 130

for part in PARTS:
    part.register(app)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"faur {__version__}")
        raise typer.Exit


@app.callback()
def options(
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON; may stand behind the verb, too.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which Faur this is.")
    ] = False,
) -> None:
    """The software of an AI Factory: one road from an application to a served model, and one record of it."""
    form.as_json, form.page, form.size = as_json, 0, 50


def main() -> None:
    """Run the command. Ends with 0: done, 1: refused, 2: wrong usage, 130: interrupted by Ctrl-C."""
    sys.exit(_run())


def _run() -> int:
    try:
        status = app(standalone_mode=False) or 0
        sys.stdout.flush()
    except Refused as refused:
        return _refuse(refused)
    except typer.TyperException as misused:
        return _refuse_usage(misused)
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still to be written has no place
        if error.errno != errno.EPIPE:
            errors.print(plain(f"The answer cannot be written: {error.strerror}."))
        return REFUSED
    return int(status)


def _refuse(refused: Refused) -> int:
    if form.as_json:
        sys.stderr.write(json.dumps(refused.document, ensure_ascii=False) + "\n")
    else:
        errors.print(plain(refused.in_words()), style="red", soft_wrap=True)
    return refused.exit_status


def _refuse_usage(misused: typer.TyperException) -> int:
    context = getattr(misused, "ctx", None)  # typer keeps the type of its wrong usage to itself
    if misused.format_message().startswith("Usage: "):  # nothing was asked, so that all is told
        sys.stderr.write(misused.format_message() + "\n")
        return misused.exit_code
    form.as_json = form.as_json or "--json" in sys.argv
    command = context.command_path if context is not None else "faur"
    return _refuse(Misused.because("usage", misused.format_message(), f"`{command} --help` tells how."))


if __name__ == "__main__":
    main()
