"""The signature element: every service tells its own steps of a project's road; here they become one line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise

from faur.kernel.actors.actor import Actor
from faur.portal.trail import Stretch
from faur.services.projects.providers import Providers
from faur.services.projects.queries import SeenPlace, places_on


class Place(NamedTuple):
    """Where an entry stands in the record."""

    chain: str
    seq: int

    def __str__(self) -> str:
        return str(self.seq)


@dataclass(frozen=True, slots=True)
class Step:
    """One station of the road. `key` is the value of a `Stretch`.

    `page` is the URL of its page, `entry` the chain and number of its entry in the record. Better than `entry` is
    `seen`, a uid and a verb: the last entry of that verb about that thing is then looked up for all steps in one query,
    and where `strength` is empty it is the entry's.

    A step that has not happened yet has the state `planned` or `open`, or none, and, where the actor may take it, a
    `next_action`: its title and URL. `here` marks the page on which the trail is shown.
    """

    key: str
    title: str
    state: str
    at: datetime | None = None
    strength: str = ""
    page: str = ""
    entry: tuple[str, int] | None = None
    next_action: tuple[str, str] | None = None
    seen: tuple[str, str] | None = None
    here: bool = False

    def __post_init__(self) -> None:
        if self.entry is not None:
            object.__setattr__(self, "entry", Place(*self.entry))

    @property
    def walked(self) -> bool:
        """Whether it has happened, or is happening."""
        return self.state not in {"", "planned", "open"}

    @property
    def name(self) -> Promise:
        """The word for this station."""
        return self.stretch.word

    @property
    def purpose(self) -> Promise:
        """What the station is for; shown while it lies ahead."""
        return self.stretch.purpose

    @property
    def stretch(self) -> Stretch:
        """The stretch of the road on which it stands."""
        return Stretch(self.key)

    @property
    def url(self) -> str:
        return self.page

    @property
    def entry_url(self) -> str:
        return reverse("entry", args=self.entry) if self.entry else ""

    @property
    def action(self) -> str:
        return self.next_action[0] if self.next_action else ""

    @property
    def action_url(self) -> str:
        return self.next_action[1] if self.next_action else ""


Provider = Callable[[str, Actor, str | None], Sequence[Step]]
"""Given a project's uid, who looks, and the uid of the thing on whose page they look, if any: the steps to show."""


class Trail(Providers[Provider]):
    """What each service tells of its stretch of the road."""

    def steps(self, project_uid: str, actor: Actor, focus: str | None = None) -> list[Step]:
        return [step for provider in self for step in provider(project_uid, actor, focus)]


trail = Trail()
"""Orders: award 10, contract 20, run 30, evaluation 40, model 50, endpoint 60, technical file 70."""


def build_trail(actor: Actor, project_uid: str, focus: str | None = None) -> list[Step]:
    """The road of a project: what was walked, and the stations that lie ahead. Ask first whether the actor may look.

    `focus` is the uid of the thing on whose page the trail stands: its step says `here`.
    """
    told = trail.steps(project_uid, actor, focus)
    whole: list[Step] = []
    for stretch in Stretch:
        whole += [step for step in told if step.key == stretch] or [Step(stretch.value, str(stretch.word), "planned")]
    found = places_on(project_uid, [step.seen for step in whole if step.seen])
    return [_settled(step, found, focus) for step in whole]


def _settled(step: Step, found: Mapping[tuple[str, str], SeenPlace], focus: str | None) -> Step:
    """The step with its entry, and whether one is on its page."""
    here = bool(focus) and str(focus) in step.page
    seen = found.get(step.seen) if step.seen else None
    if seen is None:
        return replace(step, here=here)
    return replace(step, here=here, entry=(seen.chain, seen.seq), strength=step.strength or seen.strength)
