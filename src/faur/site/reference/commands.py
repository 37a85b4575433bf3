"""docs/reference/commands.md: every command of `faur`, with its arguments."""

from collections.abc import Iterator

import typer.main
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from faur.cli.main import app
from faur.site.reference.markdown import code, document, section, table

INTRODUCTION = (
    "The command line speaks the public REST API and nothing else; `faur login` keeps a token for it. "
    "`faur --json …` answers in JSON. A refusal is a sentence on standard error and exit status 1."
)


def page() -> str:
    return document("Commands", INTRODUCTION, *(_described(name, command) for name, command in commands()))


def commands() -> Iterator[tuple[str, TyperCommand]]:
    """Every command that does something, with the words that call it: `faur data push`."""
    return _below("faur", typer.main.get_command(app))


def _below(name: str, command: object) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperGroup):
        for word, below in command.commands.items():
            yield from _below(f"{name} {word}", below)
    elif isinstance(command, TyperCommand):
        yield name, command


def _described(name: str, command: TyperCommand) -> str:
    context = typer.Context(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    help_text = " ".join((command.help or "").split())
    rows = [_row(one) for one in command.params if isinstance(one, TyperOption | TyperArgument) and one.name != "help"]
    return section(name, code(usage), help_text, *([table(["Given", "What it is"], rows)] if rows else []))


def _row(given: TyperOption | TyperArgument) -> list[str]:
    is_option = isinstance(given, TyperOption)
    names = ", ".join([*given.opts, *given.secondary_opts]) if is_option else (given.name or "").upper()
    said = given.help or f"{(given.name or '').replace('_', ' ').capitalize()}."
    told = [said, *_default(given), *([f"Also read from {code(given.envvar)}."] if given.envvar else [])]
    return [code(names), " ".join(told)]


def _default(given: TyperOption | TyperArgument) -> list[str]:
    """What is taken where nothing is said; nothing and no are not worth a word."""
    known = isinstance(given.default, str | int | float) and not isinstance(given.default, bool)
    return [f"Default: {code(given.default)}."] if known and given.default != "" else []
