"""Reading the files of an input as one Arrow table, and its columns as numbers or texts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from .job import Refused, log

Numbers: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.number]]

PARQUET_MAGIC = b"PAR1"


@dataclass(frozen=True)
class TableFile:
    """A file that was read: its path inside the input, and how many rows it gave."""

    path: str
    rows: int


def read_tables(folder: Path) -> tuple[pa.Table, list[TableFile]]:
    """All Parquet and CSV files under `folder`, one after the other, and which they were.

    Raises:
        Refused: `data.unreadable`, `data.empty`, `data.duplicate_column` or `data.columns_differ`.
    """
    tables, files = [], []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if (kind := _kind(path, name)) is None:
            log(f"'{name}' is neither Parquet nor CSV and is left aside.")
            continue
        table = _read(path, name, kind)
        log(f"Read '{name}': {table.num_rows} rows, {table.num_columns} columns.")
        tables.append(table)
        files.append(TableFile(name, table.num_rows))
    if not tables:
        raise Refused("data.unreadable", f"The input '{folder.name}' holds no Parquet or CSV file.")
    return _joined(tables, files), files


def require_column(table: pa.Table, name: str) -> None:
    """Raises Refused `data.column_missing` where `table` has no column `name`."""
    if name not in table.column_names:
        some = ", ".join(f"'{column}'" for column in table.column_names[:8])
        rest = " …" if table.num_columns > 8 else ""
        raise Refused(
            "data.column_missing",
            f"There is no column '{name}' among the {table.num_columns} columns of the data.",
            f"The columns are: {some}{rest}.",
        )


def as_numbers(column: pa.ChunkedArray) -> Numbers | None:
    """`column` as float64 with NaN for what is missing, or None where it holds no numbers."""
    kind = column.type
    if pa.types.is_boolean(kind):
        column, kind = column.cast(pa.int8()), pa.int8()
    if not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)):
        return None
    return np.asarray(column.cast(pa.float64(), safe=False).to_numpy(), dtype=np.float64)


def as_texts(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """`column` as texts, or None where it holds none."""
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    return column.cast(pa.string()) if pa.types.is_string(kind) or pa.types.is_large_string(kind) else None


def _kind(path: Path, name: str) -> str | None:
    with path.open("rb") as content:
        magic = content.read(len(PARQUET_MAGIC))
    if magic == PARQUET_MAGIC or path.suffix == ".parquet":
        kind: str | None = "Parquet"
    else:
        kind = "CSV" if path.suffix == ".csv" else None
    if kind and not magic:
        raise Refused("data.empty", f"The file '{name}' is empty: it has no bytes.")
    return kind


def _read(path: Path, name: str, kind: str) -> pa.Table:
    try:
        table = pq.ParquetFile(path).read() if kind == "Parquet" else pacsv.read_csv(path)
        table.validate(full=True)  # texts that are not UTF-8, among others
        names = Counter(table.column_names)
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = (str(error).splitlines() or ["no reason given"])[0][:300]
        raise Refused("data.unreadable", f"The file '{name}' cannot be read as {kind}: {reason}") from None
    if twice := [column for column, times in names.items() if times > 1]:
        raise Refused("data.duplicate_column", f"The file '{name}' has more than one column '{twice[0]}'.")
    if table.num_rows == 0:
        raise Refused("data.empty", f"The file '{name}' has {table.num_columns} columns and no rows.")
    return table


def _joined(tables: Sequence[pa.Table], files: Sequence[TableFile]) -> pa.Table:
    first = set(tables[0].column_names)
    for table, file in zip(tables, files, strict=True):
        if differing := sorted(first.symmetric_difference(table.column_names)):
            raise Refused(
                "data.columns_differ",
                f"The files '{files[0].path}' and '{file.path}' have different columns: {', '.join(differing[:5])}.",
            )
    try:
        return pa.concat_tables(tables, promote_options="permissive")
    except pa.ArrowException as error:
        raise Refused("data.columns_differ", f"The files do not fit together: {str(error)[:300]}") from None
