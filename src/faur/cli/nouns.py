"""How a command is declared: a noun with its verbs, each with one line of help, `--json`, and for lists a page."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, TypeVar

import typer
from typer.core import TyperGroup

from faur.cli.output import form

Command = TypeVar("Command", bound=Callable[..., None])
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Page = Annotated[int, typer.Option("--page", min=0, help="Which page of the list; 0: all of it, in JSON.")]
Size = Annotated[int, typer.Option("--size", min=1, max=200, help="How many rows a page has.")]


LONGEST_HELP = 200


class Either(TyperGroup):
    """Nouns are found in the singular and in the plural: `faur job show` is `faur jobs show`."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # Any: typer keeps the types of its click to itself
        found = (self.commands.get(name) for name in (cmd_name, f"{cmd_name}s", cmd_name.removesuffix("s")))
        return next(filter(None, found), None)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # Any: as above
        """By the stretch of the road that they belong to, each with its whole line of help."""
        panels: dict[str, list[Any]] = {}  # Any: as above
        for command in self.commands.values():
            panels.setdefault(getattr(command, "rich_help_panel", None) or "Commands", []).append(command)
        for panel, commands in panels.items():
            with formatter.section(panel):
                formatter.write_dl([(command.name, command.get_short_help_str(LONGEST_HELP)) for command in commands])


class Noun(typer.Typer):
    """A thing of the road, and what can be done to it."""

    def __init__(self, help_text: str) -> None:
        super().__init__(cls=Either, no_args_is_help=True, help=help_text, rich_markup_mode=None)

    def verb(self, name: str, *, paged: bool = False) -> Callable[[Command], Command]:
        """Declare a function as a verb of this noun; `paged` for lists of the API."""
        return add(self, name, paged=paged)


def add(app: typer.Typer, name: str, *, paged: bool = False, panel: str | None = None) -> Callable[[Command], Command]:
    """Declare a function as a command of `app`."""

    def declare(command: Command) -> Command:
        app.command(name, rich_help_panel=panel)(_with_form(command, paged=paged))
        return command

    return declare


def _with_form(command: Command, *, paged: bool) -> Callable[..., None]:
    """The command with the options of its form, which it need not know of itself."""

    @wraps(command)
    def called(**given: Any) -> None:  # Any: the command's own arguments
        form.as_json = given.pop("as_json") or form.as_json
        form.page, form.size = given.pop("page", form.page), given.pop("size", form.size)
        command(**given)

    own = inspect.signature(command)
    more = {"as_json": (AsJson, False), **({"page": (Page, 0), "size": (Size, 50)} if paged else {})}
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, (kind, default) in more.items()
    ]
    called.__signature__ = own.replace(parameters=[*own.parameters.values(), *added])  # type: ignore[attr-defined]  # typer reads it
    return called
