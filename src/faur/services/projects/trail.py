"""The signature element: every service tells its own steps of a project's road; here they become one line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from faur.kernel.actors.actor import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """One station of the road. `page` is the URL of its page, `entry` the chain and number of its entry in the record.

    A step that has not happened yet has the state `open` or `planned` and, where the actor may take it, a
    `next_action`: its title and URL.
    """

    key: str
    title: str
    state: str
    at: datetime | None = None
    strength: str = ""
    page: str = ""
    entry: tuple[str, int] | None = None
    next_action: tuple[str, str] | None = None


Provider = Callable[[str, Actor, str | None], Sequence[Step]]
"""Given a project's uid, who looks, and the uid of the thing on whose page they look, if any: the steps to show."""


@dataclass(slots=True)
class Trail:
    """The providers of steps, each with its place on the road."""

    _providers: list[tuple[int, Provider]] = field(default_factory=list)

    def register(self, order: int, provider: Provider) -> None:
        """Let `provider` tell the steps at this place; registering twice changes nothing."""
        if (order, provider) not in self._providers:
            self._providers.append((order, provider))
            self._providers.sort(key=lambda registered: registered[0])

    def steps(self, project_uid: str, actor: Actor, focus: str | None = None) -> list[Step]:
        return [step for _, provider in self._providers for step in provider(project_uid, actor, focus)]


trail = Trail()
"""Orders: award 10, contract 20, run 30, evaluation 40, model 50, endpoint 60, technical file 70."""


def build_trail(actor: Actor, project_uid: str, focus: str | None = None) -> list[Step]:
    """The road of a project as far as it was walked, in the order of the road. Ask first whether the actor may look."""
    return trail.steps(project_uid, actor, focus)
