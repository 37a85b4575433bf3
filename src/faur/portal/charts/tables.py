"""The numbers behind a chart, for those who read rather than look."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from faur.portal.quantities import number


@dataclass(frozen=True, slots=True)
class Table:
    """The first cell of each row names the row; all cells are written in the present language."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


def written(value: float, places: int = 4) -> str:
    """A value of a table; what is not a finite number is said as such."""
    return number(value, places) if math.isfinite(value) else str(value)
