"""What later services show on pages that belong to this one: the first page after log-in, and the page of a project."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVarTuple

from faur.kernel.actors.actor import Actor
from faur.services.projects.models import Project
from faur.services.projects.providers import Providers


class Question(StrEnum):
    """The three questions that the first page answers."""

    HAVE = "have"
    RUNNING = "running"
    NEEDS = "needs"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing on a panel: its name and URL, its state if it has one, a few words, and when."""

    title: str
    url: str
    state: str = ""
    detail: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A short list under a title. `more` and `action` are each a title and a URL; `empty` stands in for no rows."""

    title: str
    rows: tuple[Row, ...] = ()
    question: Question = Question.HAVE
    empty: str = ""
    more: tuple[str, str] | None = None
    action: tuple[str, str] | None = None


Asked = TypeVarTuple("Asked")


class Panels(Providers[Callable[[*Asked], Panel | None]], Generic[*Asked]):
    """The panels of one page. A provider says None where it has nothing to say."""

    def build(self, *asked: *Asked) -> list[Panel]:
        return [panel for provider in self if (panel := provider(*asked)) is not None]


home_panels: Panels[Actor] = Panels()
"""Panels of the first page: `home_panels.register(order, lambda actor: Panel(…))`; at most two queries each."""

project_panels: Panels[Actor, Project] = Panels()
"""Panels of a project's page: `project_panels.register(order, lambda actor, project: Panel(…))`."""
