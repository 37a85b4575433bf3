"""Figures for groups of rows, and how far the groups lie apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .answers import Answers, Mask
from .intervals import Sureness, bootstrap_interval
from .job import Refused
from .measures import BY_GROUP, Measure
from .plan import Slice
from .results import Result, about, measured
from .table import Numbers, as_numbers, as_texts, require_column

MOST_GROUPS = 20
_KNOWN_AS = {
    "recall": "equal opportunity difference, Hardt et al. 2016",
    "selection_rate": "demographic parity difference, Calders and Verwer 2010",
}


@dataclass(frozen=True)
class _Group:
    """The results of one group, and its resamples by the name of the figure."""

    results: list[Result]
    samples: Mapping[str, Numbers]

    def result(self, measure: Measure) -> Result:
        return next(result for result in self.results if result.metric == measure.name)

    def value(self, measure: Measure) -> float | None:
        return self.result(measure).value


def by_group(part: Slice, table: pa.Table, answers: Answers, sureness: Sureness) -> list[Result]:
    """The figures of every group of `part`, then for each figure the spread: the largest less the smallest.

    Groups with too few rows have no figures and do not count in the spread.

    Raises:
        Refused: `data.column_missing`, `data.column_type` or `parameter.out_of_range` (too many groups).
    """
    measures = BY_GROUP[answers.kind]
    groups = [
        _Group(*measured(answers.at(rows), measures, sureness, f"{part.name}={label}"))
        for label, rows in groups_of(part, table).items()
    ]
    spreads = [_spread(part.name, measure, groups, answers, sureness) for measure in measures]
    return [result for group in groups for result in group.results] + spreads


def groups_of(part: Slice, table: pa.Table) -> Mapping[str, Mask]:
    """The rows of each group by its label, in order; empty groups are left out.

    Bins [40, 60] make `<40`, `[40,60)` and `>=60`; rows without a value are `missing`, unnamed categories `other`.
    """
    require_column(table, part.column)
    groups = _binned(part, table) if part.bins else _named(part, table)
    found = {label: rows for label, rows in groups.items() if rows.any()}
    if len(found) > MOST_GROUPS:
        sentence = f"The slice '{part.name}' makes {len(found)} groups, more than {MOST_GROUPS}."
        raise Refused("parameter.out_of_range", sentence, "Name cut points (bins) or categories.")
    return found


def _binned(part: Slice, table: pa.Table) -> dict[str, Mask]:
    numbers = as_numbers(table[part.column])
    if numbers is None:
        kind = table[part.column].type
        sentence = f"The slice '{part.name}' cuts the column '{part.column}' of type {kind}, which holds no numbers."
        raise Refused("data.column_type", sentence, "Name categories in place of bins.")
    edges = part.bins
    groups = {f"<{edges[0]:g}": numbers < edges[0]}
    for low, high in pairwise(edges):
        groups[f"[{low:g},{high:g})"] = (numbers >= low) & (numbers < high)
    return groups | {f">={edges[-1]:g}": numbers >= edges[-1], "missing": np.isnan(numbers)}


def _named(part: Slice, table: pa.Table) -> dict[str, Mask]:
    texts = _texts(part, table[part.column])
    labels = part.categories or tuple(sorted(pc.unique(texts.drop_null()).to_pylist()))[: MOST_GROUPS + 1]
    groups = {label: _equal(texts, label) for label in labels}
    missing = texts.is_null().to_numpy()
    rest = ~missing & ~np.any(list(groups.values()) or [missing], axis=0)
    return groups | {"other": rest, "missing": missing}


def _texts(part: Slice, column: pa.ChunkedArray) -> pa.ChunkedArray:
    if (texts := as_texts(column)) is not None:
        return texts
    try:
        return column.cast(pa.string())
    except pa.ArrowException:
        sentence = f"The slice '{part.name}' groups by the column '{part.column}' of type {column.type}."
        raise Refused("data.column_type", sentence, "Choose a column of texts or numbers.") from None


def _equal(texts: pa.ChunkedArray, label: str) -> Mask:
    return np.asarray(pc.fill_null(pc.equal(texts, label), fill_value=False).to_numpy(zero_copy_only=False), dtype=bool)


def _spread(name: str, measure: Measure, groups: Sequence[_Group], answers: Answers, sureness: Sureness) -> Result:
    values = {place: value for place, group in enumerate(groups) if (value := group.value(measure)) is not None}
    counted = [groups[place] for place in values]
    plain = replace(
        about(measure, answers, sureness, name),
        metric=f"{measure.name}_spread",
        direction="lower",
        n=sum(group.result(measure).n for group in counted),
        reference=_KNOWN_AS.get(measure.name, f"largest less smallest; {measure.reference}"),
        reason=f"{len(counted)} of {len(groups)} groups have a figure." if len(counted) < len(groups) else "",
    )
    if len(counted) < 2:
        return replace(plain, outcome="inconclusive", reason=f"{len(counted)} of {len(groups)} groups have a figure.")
    drawn = np.array([group.samples[measure.name] for group in counted])
    value = max(values.values()) - min(values.values())
    limits, method = bootstrap_interval(value, drawn.max(axis=0) - drawn.min(axis=0), answers, sureness)
    return replace(plain, value=value, interval=limits, method=method)
