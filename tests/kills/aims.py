"""The stretches of the road at which shots are aimed, from the program's first line to a bundle's last byte."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from tests.kills.sight import Sight


class Victim(Enum):
    """Who is killed: the walker with the factory that it started, or one of the two."""

    BOTH = "both"
    FACTORY = "the factory"
    WALKER = "the walker"


@dataclass(frozen=True, slots=True)
class Aim:
    """A shot falls `seconds` at most after the stretch was `reached`, at random.

    What passes in a moment is looked for from where it is `near`, with the walker held still.
    """

    stretch: str
    reached: Callable[[Sight], bool]
    seconds: float
    near: Callable[[Sight], bool] | None = None


@dataclass(frozen=True, slots=True)
class Shot:
    aim: Aim
    delay: float
    victim: Victim


def _after(name: str) -> Callable[[Sight], bool]:
    return lambda sight: sight.done(name)


def _there(*places: str) -> Callable[[Sight], bool]:
    return lambda sight: sight.has(*places)


def _unnoted(thing: str, after: str, before: str) -> Aim:
    """Between the factory's commit of an answer and the walker's note of it, from one note to another."""

    def reached(sight: Sight) -> bool:
        return sight.done(before) or sight.answered_unnoted()

    return Aim(f"answered, not written down: {thing}", reached, 0.0, near=_after(after))


_A_JOB = "jobs/jobs/*/claim.json"
_ITS_END = "jobs/jobs/*/exit.json"

STRETCHES: tuple[Aim, ...] = (
    Aim("the programs load", lambda _sight: True, 1.5),
    Aim("tables are made", _there("faur.sqlite3"), 1.5),
    Aim("static files are laid out", _there("static", "static.*"), 0.6),
    Aim("the first operator is made", _there("operator.json"), 0.1),
    Aim("people are registered", _after("token of operator"), 0.6),
    _unnoted("a pool", after="begun", before="make call"),
    Aim("a call is opened", _after("make pool"), 0.1),
    Aim("an application is made", _after("make organisation"), 0.1),
    _unnoted("an award", after="make application", before="make dataset"),
    Aim("the demo's data is written", _after("make dataset"), 1.5),
    Aim("bytes come in", _there("blobs/incoming/*"), 0.0),
    Aim("a data set is looked into", _after("make dataset_version"), 1.0),
    Aim("thresholds, then a run", _after("make contract_evaluation"), 0.2),
    _unnoted("a run", after="make thresholds", before="make run"),
    Aim("a job begins", _there(_A_JOB), 0.3),
    Aim("a job runs", _there(_A_JOB), 5.0),
    Aim("outputs are collected", _there(_ITS_END), 0.3),
    Aim("a model is looked into", _after("make model_version"), 1.0),
    Aim("an evaluation is ordered", _after("make evaluation"), 0.3),
    Aim("an evaluation runs", _after("make evaluation"), 2.0),
    Aim("it is classified and promoted", _after("make classification"), 0.3),
    Aim("an engine starts", _after("make endpoint"), 1.5),
    Aim("it predicts", _after("make key"), 0.2),
    Aim("documents are set", _after("make technical_file"), 2.0),
    Aim("a bundle is written", _after("make bundle"), 0.3),
)

_VICTIMS = (Victim.BOTH, Victim.BOTH, Victim.BOTH, Victim.FACTORY, Victim.WALKER)


def rounds(count: int, dice: random.Random) -> Iterator[list[Shot]]:
    """`count` shots, a road's at a time: in its order, spread over all its stretches."""
    while count > 0:
        one_road = min(count, len(STRETCHES))
        yield [_shot(_part(place, one_road), dice) for place in range(one_road)]
        count -= one_road


def _part(place: int, of: int) -> tuple[Aim, ...]:
    """The stretches from which the shot at that place, of so many, is taken."""
    first, beyond = (len(STRETCHES) * step // of for step in (place, place + 1))
    return STRETCHES[first:beyond]


def _shot(part: tuple[Aim, ...], dice: random.Random) -> Shot:
    aim = dice.choice(part)
    return Shot(aim, dice.uniform(0, aim.seconds), dice.choice(_VICTIMS))
