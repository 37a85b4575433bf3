"""docs/reference/errors.md: every way in which Faur says no."""

from collections.abc import Iterator
from itertools import groupby

from faur.kernel.errors import Refusal
from faur.site.reference.markdown import code, document, first_sentence, section, table
from faur.site.reference.modules import load_everything

INTRODUCTION = (
    "A refusal is a stable code, a sentence for the person who sees it (in their language), and a hint at what to do "
    "next. Over HTTP it is problem details by RFC 9457: `type` is `urn:faur:problem:` and the code, `title` the "
    "sentence, `fields` says of each field what is wrong with it, and `transient` that the same request may succeed "
    "later. What one may not see is `not_found`: the answer does not tell whether it exists."
)


def page() -> str:
    groups = groupby(sorted(refusals(), key=_place), key=lambda one: _place(one)[1])
    parts = [
        section(place, table(["Code", "Status", "Later?", "What it means"], map(_row, ours))) for place, ours in groups
    ]
    return document("Errors", INTRODUCTION, *parts)


def refusals() -> list[type[Refusal]]:
    """Every kind of refusal that the program knows, without those of tests."""
    load_everything()
    return [
        kind for kind in {*_below(Refusal)} if ".tests." not in kind.__module__ and kind.__module__.startswith("faur.")
    ]


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _place(kind: type[Refusal]) -> tuple[int, str, str, str]:
    rooms = kind.__module__.split(".")
    service = rooms[1] == "services"
    return not service, rooms[2] if service else rooms[1], kind.code, kind.__qualname__


def _row(kind: type[Refusal]) -> list[str]:
    return [code(kind.code), str(int(kind.status)), "yes" if kind.transient else "", first_sentence(kind.__doc__)]
