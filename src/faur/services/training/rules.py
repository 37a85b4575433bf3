"""What may be argued about in a meeting: which lines are metrics, how many are kept, what is shown of them."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from faur.kernel.units import KIB, MIB

PIECE = MIB
MOST_BYTES = 64 * MIB
"""So much of a file of metrics is taken in, in whole pieces."""
LONGEST_LINE = 16 * KIB
LONGEST_KEY = 120
MOST_KEYS = 100
MOST_POINTS = 500_000
DENSE = 8192
"""So many points of a key are all kept; from there on, twice as far means half as dense."""
SHOWN = 500
"""About so many points of a key are drawn."""

FIRST = 31
"""The level of a key's first point: it is in every thinning."""

SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
_EARLIEST, _LATEST = 0.0, 4_102_444_800.0  # 2100-01-01
_LARGEST_STEP = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Point:
    """One line of metrics. `offset` is where the line begins, in bytes; `step` and `at` where the program gave them."""

    offset: int
    key: str
    value: float
    step: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was found in a piece of the file: points, lines that are none, and where the next piece begins."""

    points: tuple[Point, ...]
    bad: int
    next_offset: int


def parse(piece: bytes, offset: int, *, whole: bool) -> Parsed:
    """The complete lines of a piece of `report/metrics.jsonl` that begins at `offset`.

    `whole`: nothing more will come, so the rest after the last line end is a line as well. A line without end that is
    longer than any line may be is passed by.
    """
    end = len(piece) if whole or _has_no_line(piece) else piece.rfind(b"\n") + 1
    points, bad, place = [], 0, offset
    for line in piece[:end].splitlines(keepends=True):
        point = _point(line, place)
        if point is not None:
            points.append(point)
        elif line.strip():
            bad += 1
        place += len(line)
    return Parsed(tuple(points), bad, offset + end)


def _has_no_line(piece: bytes) -> bool:
    return len(piece) > LONGEST_LINE and b"\n" not in piece


def _point(line: bytes, offset: int) -> Point | None:
    if len(line) > LONGEST_LINE:
        return None
    try:
        said = json.loads(line)
        key, value = said["key"], _value(said["value"])
        if not _is_key(key):
            return None
        return Point(offset, key, value, _step(said.get("step")), _moment(said.get("time")))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


def _is_key(key: object) -> bool:
    return isinstance(key, str) and 0 < len(key) <= LONGEST_KEY and key.isprintable() and key == key.strip()


def _value(said: object) -> float:
    """Raises ValueError: neither a number nor the name of one that JSON lacks."""
    if isinstance(said, str):
        if said not in SPECIAL:
            raise ValueError(said)
        return SPECIAL[said]
    if isinstance(said, bool) or not isinstance(said, int | float):
        raise ValueError(said)
    return float(said)


def _step(said: object) -> int | None:
    number = _number(said)
    return int(number) if number is not None and 0 <= number <= _LARGEST_STEP else None


def _moment(said: object) -> datetime | None:
    number = _number(said)
    return datetime.fromtimestamp(number, UTC) if number is not None and _EARLIEST <= number <= _LATEST else None


def _number(said: object) -> int | float | None:
    return said if isinstance(said, int | float) and not isinstance(said, bool) else None


def spelt(value: float) -> str:
    """The name of a value that JSON and databases have no number for; empty for all others."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return ""


def level(index: int) -> int:
    """In how coarse a thinning the `index`th point of a key (from 0) stays: every 2^level-th point has that level."""
    return FIRST if index == 0 else (index & -index).bit_length() - 1


def is_kept(index: int) -> bool:
    """Whether the `index`th point of a key is kept: a long series is thinned as it grows, so that its end has room."""
    return level(index) >= max(0, (index // DENSE).bit_length())


def coarseness(points: int) -> int:
    """The level from which on about `SHOWN` points remain of a key that has had so many."""
    return max(0, math.ceil(math.log2(points / SHOWN))) if points > SHOWN else 0


@dataclass(slots=True)
class Tally:
    """What is known of one key: how many points came, and the last of them."""

    points: int = 0
    last: float = math.nan
    step: int = 0

    def as_json(self) -> dict[str, Any]:  # Any: JSON
        return {"points": self.points, "last": spelt(self.last) or self.last, "step": self.step}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Tally":  # Any: JSON
        return cls(said["points"], _value(said["last"]), said["step"])


@dataclass(frozen=True, slots=True)
class Kept:
    """A point that is kept, with its place among those of its key."""

    point: Point
    step: int
    level: int


@dataclass(slots=True)
class Intake:
    """Takes points in within bounds, key by key; `left_out` counts those for which there was no room."""

    tallies: dict[str, Tally]
    stored: int = 0
    left_out: int = 0
    kept: list[Kept] = field(default_factory=list)

    def take(self, points: Iterable[Point]) -> None:
        for point in points:
            self._take(point)

    def _take(self, point: Point) -> None:
        if point.key not in self.tallies and len(self.tallies) >= MOST_KEYS:
            self.left_out += 1
            return
        tally = self.tallies.setdefault(point.key, Tally())
        index = tally.points
        step = index if point.step is None else point.step
        tally.points, tally.last, tally.step = index + 1, point.value, step
        if not is_kept(index):
            return
        if self.stored >= MOST_POINTS:
            self.left_out += 1
            return
        self.kept.append(Kept(point, step, level(index)))
        self.stored += 1


@dataclass(frozen=True, slots=True)
class Group:
    """Keys that belong on one chart."""

    name: str
    keys: tuple[str, ...]


def groups(keys: Sequence[str], most: int) -> list[Group]:
    """Keys of one measure, their last part, together; `most` on a chart, in the order of the first of each.

    `training/loss` and `validation/loss` are two lines of `loss`; `fold/forest/auc` and `fold/linear/auc` are two lines
    of `fold/auc`.
    """
    found: dict[str, list[str]] = {}
    for key in keys:
        first, *between, last = key.split("/") if "/" in key else ("", key)
        found.setdefault(f"{first}/{last}" if between else last, []).append(key)
    return [
        Group(name, tuple(members[start : start + most]))
        for name, members in found.items()
        for start in range(0, len(members), most)
    ]


def columns_asked(schema: Mapping[str, Any]) -> list[tuple[str, str]]:  # Any: JSON
    """Each parameter that names columns, and the input that must have them."""
    properties = schema.get("properties", {})
    return [(name, rule["x-faur-column-of"]) for name, rule in properties.items() if rule.get("x-faur-column-of")]


def columns_named(schema: Mapping[str, Any], parameters: Mapping[str, Any]) -> list[tuple[str, str, str]]:  # Any: JSON
    """Each column that a parameter names: the parameter, the input that must have the column, and the column."""
    named: list[tuple[str, str, str]] = []
    for parameter, source in columns_asked(schema):
        value = parameters.get(parameter)
        columns = value if isinstance(value, list) else [value]
        named += [(parameter, source, str(column)) for column in columns if column is not None]
    return named


def differing(parameters: Sequence[Mapping[str, Any]]) -> list[str]:  # Any: JSON
    """The names of the parameters that are not the same in all of these runs."""
    names = sorted({name for one in parameters for name in one})
    return [name for name in names if any(one.get(name) != parameters[0].get(name) for one in parameters)]
