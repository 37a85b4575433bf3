"""The column that a model learns to foretell: classes, or a number."""

from collections import Counter
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from tabular_training.columns import refuse_infinite
from tabular_training.job import Refused
from tabular_training.table import Numbers, as_numbers, as_texts, require_column

MOST_CLASSES = 100
FEWEST_ROWS = 20

Label: TypeAlias = int | str


@dataclass(frozen=True)
class Classes:
    """The classes in ascending order, and for each row the place of its class among them.

    `positive` is the place of the class that a binary model looks for, None where there are more than two.
    """

    labels: tuple[Label, ...]
    codes: np.ndarray[tuple[int, ...], np.dtype[np.intp]]
    positive: int | None

    def counts(self) -> dict[str, int]:
        return {str(label): int((self.codes == code).sum()) for code, label in enumerate(self.labels)}


def read_classes(table: pa.Table, target: str, positive: str | None, folds: int) -> Classes:
    """The classes in the column `target`; `positive` is the text of one of two, by default the last.

    Raises:
        Refused: `data.column_missing`, `data.column_type`, `data.not_finite`, `data.single_class`,
            `data.too_many_classes`, `data.too_few_rows` or `parameter.out_of_range`.
    """
    labels, codes = np.unique(_labels(table, target), return_inverse=True)
    if len(labels) == 1:
        sentence = f"The target '{target}' is '{labels[0]}' in all {len(codes)} rows: there is nothing to tell apart."
        raise Refused("data.single_class", sentence, "Choose another target, or add rows of another class.")
    if len(labels) > MOST_CLASSES:
        sentence = f"The target '{target}' has {len(labels)} different values, more than {MOST_CLASSES} classes."
        raise Refused("data.too_many_classes", sentence, "For a number, use the recipe tabular-regression.")
    _refuse_rare(target, Counter(labels[codes].tolist()), folds)
    known: tuple[Label, ...] = tuple(labels.tolist())
    return Classes(known, codes, _positive(known, positive))


def read_numbers(table: pa.Table, target: str, folds: int) -> Numbers:
    """The numbers in the column `target`.

    Raises:
        Refused: `data.column_missing`, `data.column_type`, `data.not_finite`, `data.single_value` or
            `data.too_few_rows`.
    """
    require_column(table, target)
    numbers = as_numbers(table[target])
    if numbers is None:
        sentence = f"The target '{target}' is of type {table[target].type}; a regression needs numbers."
        raise Refused("data.column_type", sentence, "For classes, use the recipe tabular-classification.")
    _refuse_missing(target, int(np.isnan(numbers).sum()), len(numbers))
    refuse_infinite(target, numbers)
    if len(numbers) < max(FEWEST_ROWS, 2 * folds):
        raise _too_few(f"There are {len(numbers)} rows; {folds} folds need {max(FEWEST_ROWS, 2 * folds)}.")
    if np.ptp(numbers) == 0:
        raise Refused("data.single_value", f"The target '{target}' is {numbers[0]:g} in all {len(numbers)} rows.")
    return numbers


def _labels(table: pa.Table, target: str) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
    require_column(table, target)
    column = table[target]
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.string())
    if (texts := as_texts(column)) is not None:
        _refuse_missing(target, texts.null_count, len(texts))
        return np.array(texts.to_pylist(), dtype=np.str_)
    numbers = as_numbers(column)
    if numbers is None:
        raise Refused("data.column_type", f"The target '{target}' is of type {column.type}: no numbers and no texts.")
    _refuse_missing(target, int(np.isnan(numbers).sum()), len(numbers))
    refuse_infinite(target, numbers)
    if not (numbers == np.round(numbers)).all():
        sentence = f"The target '{target}' holds numbers with fractions, which are no classes."
        raise Refused("data.column_type", sentence, "For a number, use the recipe tabular-regression.")
    return numbers.astype(np.int64)


def _refuse_missing(target: str, missing: int, rows: int) -> None:
    if missing:
        sentence = f"The target '{target}' is missing in {missing} of {rows} rows."
        raise Refused("data.not_finite", sentence, "Remove these rows: nothing can be learnt from them.")


def _refuse_rare(target: str, counts: Counter[Label], folds: int) -> None:
    label, rows = min(counts.items(), key=lambda item: item[1])
    if rows < folds:
        raise _too_few(f"The class '{label}' of '{target}' has {rows} rows; each of {folds} folds needs one.")
    if counts.total() < FEWEST_ROWS:
        raise _too_few(f"There are {counts.total()} rows; a model needs {FEWEST_ROWS} at least.")


def _too_few(sentence: str) -> Refused:
    return Refused("data.too_few_rows", sentence, "Add rows, or ask for fewer folds.")


def _positive(labels: tuple[Label, ...], wanted: str | None) -> int | None:
    texts = [str(label) for label in labels]
    if wanted is not None and wanted not in texts:
        sentence = f"There is no class '{wanted}' in the target; the classes are: {', '.join(texts[:10])}."
        raise Refused("parameter.out_of_range", sentence)
    if len(labels) > 2 and wanted is not None:
        sentence = f"A positive class is for two classes; the target has {len(labels)}."
        raise Refused("parameter.out_of_range", sentence, "Leave the parameter 'positive_class' away.")
    if len(labels) > 2:
        return None
    return len(labels) - 1 if wanted is None else texts.index(wanted)
