"""What is asked of an evaluation: thresholds, slices, noise levels, and how sure the figures must be."""

from dataclasses import dataclass

from .intervals import Sureness
from .job import Refused
from .parameters import Values


@dataclass(frozen=True)
class Threshold:
    """What the figure `metric` on `slice` must reach: `operator` is ">=" or "<="."""

    id: str
    metric: str
    operator: str
    value: float
    slice: str = ""


@dataclass(frozen=True)
class Slice:
    """A grouping of the rows by `column`: at the cut points `bins`, by `categories`, or else by every value."""

    name: str
    column: str
    bins: tuple[float, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    thresholds: tuple[Threshold, ...]
    slices: tuple[Slice, ...]
    noise_levels: tuple[float, ...]
    sureness: Sureness


def read_plan(values: Values) -> Plan:
    """The plan in `values`, which fit the recipe's description already.

    Raises:
        Refused: `parameter.out_of_range` where names repeat, cut points do not ascend, or a slice is cut in two ways.
    """
    thresholds = tuple(Threshold(**entry) for entry in values["thresholds"])
    slices = tuple(
        Slice(entry["name"], entry["column"], tuple(entry.get("bins", ())), tuple(entry.get("categories", ())))
        for entry in values["slices"]
    )
    _refuse_repeated("thresholds", [threshold.id for threshold in thresholds])
    _refuse_repeated("slices", ["noise", *(part.name for part in slices)])
    for part in slices:
        if part.bins and part.categories:
            raise _refused(f"The slice '{part.name}' has both bins and categories; it can have one of them.")
        if list(part.bins) != sorted(set(part.bins)):
            raise _refused(f"The bins of the slice '{part.name}' must ascend.")
        if "=" in part.name:
            raise _refused(f"The name of the slice '{part.name}' must not hold the sign =.")
    sureness = Sureness(values["bootstrap"], values["seed"], values["confidence"], values["minimum_group"])
    return Plan(thresholds, slices, tuple(sorted(values["noise_levels"])), sureness)


def _refuse_repeated(what: str, names: list[str]) -> None:
    for place, name in enumerate(names):
        if name in names[:place]:
            raise _refused(f"The name '{name}' is taken twice among the {what}; 'noise' is taken already.")


def _refused(sentence: str) -> Refused:
    return Refused("parameter.out_of_range", sentence)
