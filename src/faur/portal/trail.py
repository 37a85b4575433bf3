"""The trail: the steps from an award to the technical file, those that were walked and those still to come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Stretch(StrEnum):
    """The stretches of the road, in its order."""

    AWARD = "award"
    CONTRACT = "contract"
    RUN = "run"
    EVALUATION = "evaluation"
    MODEL = "model"
    ENDPOINT = "endpoint"
    FILE = "technical_file"

    @property
    def word(self) -> Promise:
        return _WORDS[self]

    @property
    def purpose(self) -> Promise:
        """What it is for, shown where it is still to come and nothing more exact is known."""
        return _PURPOSES[self]


@dataclass(frozen=True, slots=True)
class Step:
    """One step. A walked one has `state`, `at` and `strength`; one still to come has none, but may say what is next.

    `url` is the page of the thing, `entry_url` and `entry` its place in the record and what to call it.
    `action` and `action_url` are the next thing to do; `here` marks the page that one is on.
    """

    stretch: Stretch
    title: str = ""
    state: str = ""
    at: datetime | None = None
    strength: str = ""
    url: str = ""
    entry: str = ""
    entry_url: str = ""
    action: str = ""
    action_url: str = ""
    here: bool = False

    @property
    def walked(self) -> bool:
        return bool(self.state)

    @property
    def name(self) -> Promise:
        return self.stretch.word

    @property
    def purpose(self) -> Promise:
        return self.stretch.purpose


def whole_trail(steps: Iterable[Step]) -> Sequence[Step]:
    """The steps in the road's order, those of one stretch as given; a stretch without any is a step still to come."""
    given = list(steps)
    whole: list[Step] = []
    for stretch in Stretch:
        whole.extend([step for step in given if step.stretch is stretch] or [Step(stretch)])
    return whole


_WORDS: dict[Stretch, Promise] = {
    Stretch.AWARD: _("Award"),
    Stretch.CONTRACT: _("Data contract"),
    Stretch.RUN: _("Run"),
    Stretch.EVALUATION: _("Evaluation"),
    Stretch.MODEL: _("Model"),
    Stretch.ENDPOINT: _("Endpoint"),
    Stretch.FILE: _("Technical file"),
}

_PURPOSES: dict[Stretch, Promise] = {
    Stretch.AWARD: _("Computing time is granted to the project."),
    Stretch.CONTRACT: _("Says what the data may be used for."),
    Stretch.RUN: _("A recipe runs on the data."),
    Stretch.EVALUATION: _("The model is measured against the thresholds."),
    Stretch.MODEL: _("The model is registered with all that it came from."),
    Stretch.ENDPOINT: _("The model answers requests."),
    Stretch.FILE: _("All of the above, as the AI Act asks for it."),
}
