"""From a table's columns to what a model learns from: numbers as float32, categories as the codes of their texts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tabular_training.job import Refused
from tabular_training.table import Numbers, as_numbers, as_texts, require_column

MOST_CATEGORIES = 50
LARGEST = float(np.finfo(np.float32).max)


@dataclass(frozen=True)
class Feature:
    """A column that the model takes. `missing` counts its empty cells; a missing category is the text ""."""

    name: str
    missing: int
    minimum: float = 0.0
    maximum: float = 0.0
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Features:
    """Rows as one float32 matrix: first the numbers, then the categories as codes; NaN where a number is missing."""

    numbers: tuple[Feature, ...]
    categories: tuple[Feature, ...]
    matrix: Numbers
    left_out: dict[str, str]

    def __len__(self) -> int:
        return len(self.matrix)


class _Unusable(Exception):  # noqa: N818 - it says why a column is left out, which is no error
    """A column cannot be a feature; the reason completes the sentence `the column 'x' …`."""


def read_features(table: pa.Table, target: str, wanted: Sequence[str] | None) -> Features:
    """The columns `wanted`, or all but `target` that can be used; the others are named in `left_out` with the reason.

    Raises:
        Refused: `data.column_missing`, `data.not_finite`, `data.column_type`, `data.no_features` or
            `parameter.out_of_range` (the target among the features).
    """
    require_column(table, target)
    if wanted and target in wanted:
        raise Refused("parameter.out_of_range", f"The target '{target}' cannot be one of the features.")
    features: list[tuple[Feature, Numbers]] = []
    left_out: dict[str, str] = {}
    for name in wanted or [name for name in table.column_names if name != target]:
        require_column(table, name)
        try:
            features.append(_feature(name, table[name]))
        except _Unusable as reason:
            if wanted:
                raise Refused("data.column_type", f"The column '{name}' {reason}.", "Leave it out.") from None
            left_out[name] = str(reason)
    if not features:
        raise Refused("data.no_features", f"Beside the target '{target}' there is no column that a model can use.")
    return _arranged(features, left_out)


def refuse_infinite(name: str, values: Numbers) -> None:
    """Raises Refused `data.not_finite` where `values` leave what a float32 can hold."""
    if infinite := int(np.isinf(values).sum()):
        raise Refused(
            "data.not_finite",
            f"The column '{name}' holds {infinite} infinite values in {len(values)} rows.",
            "Replace them by a number, or leave the cell empty.",
        )
    if beyond := int((np.abs(values) > LARGEST).sum()):
        raise Refused(
            "data.not_finite",
            f"The column '{name}' holds {beyond} values beyond {LARGEST:.3g}, the largest that the model can take.",
            "Express the column in a larger unit.",
        )


def _feature(name: str, column: pa.ChunkedArray) -> tuple[Feature, Numbers]:
    if (numbers := as_numbers(column)) is not None:
        return _number(name, numbers)
    if (texts := as_texts(column)) is not None:
        return _category(name, texts)
    raise _Unusable(f"is of type {column.type}, neither a number nor a text")


def _number(name: str, values: Numbers) -> tuple[Feature, Numbers]:
    refuse_infinite(name, values)
    missing = np.isnan(values)
    if missing.all():
        raise _Unusable("is empty in every row")
    single = values.astype(np.float32)
    return Feature(name, int(missing.sum()), float(np.nanmin(single)), float(np.nanmax(single))), single


def _category(name: str, texts: pa.ChunkedArray) -> tuple[Feature, Numbers]:
    filled = pc.fill_null(texts, "")
    categories = sorted(pc.unique(filled).to_pylist())
    if len(categories) > MOST_CATEGORIES:
        raise _Unusable(f"holds {len(categories)} different texts, more than the {MOST_CATEGORIES} of a category")
    if categories == [""]:
        raise _Unusable("is empty in every row")
    codes = pc.index_in(filled, value_set=pa.array(categories, pa.string()))
    missing = pc.sum(pc.equal(filled, "")).as_py()
    return Feature(name, missing, categories=tuple(categories)), codes.to_numpy().astype(np.float32)


def _arranged(features: list[tuple[Feature, Numbers]], left_out: dict[str, str]) -> Features:
    ordered = sorted(features, key=lambda pair: bool(pair[0].categories))
    return Features(
        numbers=tuple(feature for feature, _ in ordered if not feature.categories),
        categories=tuple(feature for feature, _ in ordered if feature.categories),
        matrix=np.column_stack([values for _, values in ordered]),
        left_out=left_out,
    )
