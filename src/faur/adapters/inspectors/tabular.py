"""What a table holds, column by column, from a Parquet or CSV file. Memory stays flat: the file is read in batches."""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

Json: TypeAlias = dict[str, Any]  # Any: whatever JSON can hold
Cell: TypeAlias = Any  # Any: a number, a text, a moment or nothing

MOST_COLUMNS = 2000
MOST_ROWS = 1_000_000_000
MOST_VALUES = 50
LONGEST_VALUE = 200
CELLS_AT_ONCE = 1_000_000
MOST_ROWS_AT_ONCE = 65_536
BLOCK = 1024 * 1024

_QUOTED_ROW = re.compile(r"(Expected \d+ columns, got \d+): .*")
PARQUET, CSV = "application/vnd.apache.parquet", "text/csv"
REFUSED = 65

_CSV = pacsv.ConvertOptions()
_EMPTY = pa.array(_CSV.null_values)
_YES_OR_NO = pa.array(_CSV.true_values + _CSV.false_values)
_GUESSES = (pa.int64(), pa.bool_(), pa.timestamp("s"), pa.float64())


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a failure of the program
    """The file is not fit: a stable code, and a sentence that says where and why."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class Column:
    """What was seen of one column so far."""

    def __init__(self, name: str, kind: pa.DataType) -> None:
        self.name = name
        self.kind = kind
        self.type = type_name(kind)
        self.missing = self.nan = self.infinite = 0
        self.lowest: Cell = None
        self.highest: Cell = None
        self.values: Counter[Cell] | None = Counter()

    def add(self, cells: pa.Array) -> None:
        """Take in one batch of the column."""
        self.missing += cells.null_count
        if self.type == "text":
            cells = cells.cast(pa.large_string())
            self.missing += pc.sum(pc.equal(cells, "")).as_py() or 0
        if pa.types.is_floating(cells.type):
            self.nan += pc.sum(pc.is_nan(cells)).as_py() or 0
            self.infinite += pc.sum(pc.is_inf(cells)).as_py() or 0
            cells = cells.filter(pc.is_finite(cells))
        if self.type in ("integer", "number", "date", "timestamp"):
            self._extend(pc.min_max(cells).as_py())
        self._count(cells)

    def found(self) -> Json:
        """The column in JSON: type, missing cells, range of its finite values, and its values where they are few."""
        frequent = sorted((self.values or Counter()).items(), key=lambda item: (-item[1], str(item[0])))
        return {
            "name": self.name,
            "type": self.type,
            "stored_as": str(self.kind),
            "missing": self.missing,
            "not_a_number": self.nan,
            "infinite": self.infinite,
            "minimum": plain(self.lowest),
            "maximum": plain(self.highest),
            "distinct": None if self.values is None else len(self.values),
            "values": [{"value": plain(value), "count": count} for value, count in frequent],
        }

    def _extend(self, limits: dict[str, Cell]) -> None:
        if limits["min"] is not None:
            self.lowest = limits["min"] if self.lowest is None else min(self.lowest, limits["min"])
            self.highest = limits["max"] if self.highest is None else max(self.highest, limits["max"])

    def _count(self, cells: pa.Array) -> None:
        if self.values is None:
            return
        if self.type not in ("integer", "number", "boolean", "text"):
            self.values = None
            return
        counted = pc.value_counts(cells.drop_null())
        for entry in counted.slice(0, MOST_VALUES + 1).to_pylist():
            self.values[entry["values"]] += entry["counts"]
        too_long = any(isinstance(value, str) and len(value) > LONGEST_VALUE for value in self.values)
        if len(self.values) > MOST_VALUES or too_long:
            self.values = None


def inspect(path: Path) -> Json:
    """The profile of the table in `path`: `rows`, and `columns` each with type, missing cells, range and values.

    Raises:
        Refused: `data.unreadable`, `data.empty`, `data.duplicate_column`, `data.too_many_columns`,
            `data.too_many_rows`.
    """
    if path.stat().st_size == 0:
        raise Refused("data.empty", f"{path.name} is empty: it has no bytes.")
    media_type = media_type_of(path)
    try:
        schema, batches = _parquet(path) if media_type == PARQUET else _csv(path)
        columns = [Column(field.name, field.type) for field in schema]
        rows = 0
        for batch in batches:
            rows += batch.num_rows
            for column, cells in zip(columns, batch.columns, strict=True):
                column.add(cells)
    except (pa.ArrowException, OSError, ValueError) as error:
        kind = "Parquet" if media_type == PARQUET else "CSV"
        raise Refused("data.unreadable", f"{path.name} cannot be read as {kind}: {_said(error)}") from None
    if rows == 0:
        raise Refused("data.empty", f"{path.name} has {len(columns)} columns and no rows.")
    return {"media_type": media_type, "profile": {"rows": rows, "columns": [column.found() for column in columns]}}


def _said(error: Exception) -> str:
    """What the reader says is wrong, on one line; not the row that it quotes, which is data."""
    line = (str(error).splitlines() or ["no reason given"])[0]
    told = _QUOTED_ROW.sub(r"\1.", line)[:300]
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in told)


def media_type_of(path: Path) -> str:
    """Parquet by its first bytes, else CSV."""
    with path.open("rb") as content:
        return PARQUET if content.read(4) == b"PAR1" else CSV


def type_name(kind: pa.DataType) -> str:
    """The type of a column in a person's words; `other` for lists, structures, bytes and the like."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    tests = {
        "boolean": pa.types.is_boolean,
        "integer": pa.types.is_integer,
        "number": lambda k: pa.types.is_floating(k) or pa.types.is_decimal(k),
        "text": lambda k: pa.types.is_string(k) or pa.types.is_large_string(k),
        "date": pa.types.is_date,
        "timestamp": pa.types.is_timestamp,
        "empty": pa.types.is_null,
    }
    return next((name for name, test in tests.items() if test(kind)), "other")


def plain(value: Cell) -> int | float | bool | str | None:
    """`value` as JSON can hold it: moments and decimals as texts."""
    return value if isinstance(value, int | float | bool | str | None) else str(value)


def _parquet(path: Path) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    # Unbuffered, in pieces: one column of one row group may be as large as the whole file.
    file = pq.ParquetFile(path, pre_buffer=False, buffer_size=BLOCK, page_checksum_verification=True)
    _refuse_shape(path, file.schema_arrow.names, file.metadata.num_rows)
    at_once = max(1, min(MOST_ROWS_AT_ONCE, CELLS_AT_ONCE // max(1, len(file.schema_arrow.names))))
    return file.schema_arrow, file.iter_batches(batch_size=at_once)


def _csv(path: Path) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Read twice: once to see which type every cell of a column fits, once with these types."""
    names = _csv_reader(path, {}).schema.names
    _refuse_shape(path, names, 0)
    fitting, rows = {name: [pa.null(), *_GUESSES] for name in names}, 0
    for batch in _csv_reader(path, dict.fromkeys(names, pa.string())):
        rows += batch.num_rows
        for name, cells in zip(names, batch.columns, strict=True):
            fitting[name] = [kind for kind in fitting[name] if _fits(cells, kind)]
    _refuse_shape(path, names, rows)
    reader = _csv_reader(path, {name: kinds[0] if kinds else pa.string() for name, kinds in fitting.items()})
    return reader.schema, iter(reader)


def _csv_reader(path: Path, types: dict[str, pa.DataType]) -> pacsv.CSVStreamingReader:
    return pacsv.open_csv(
        pa.OSFile(str(path)),  # by its bytes: a path would be unpacked by its ending
        read_options=pacsv.ReadOptions(block_size=BLOCK, use_threads=False),
        convert_options=pacsv.ConvertOptions(column_types=types),
    )


def _fits(cells: pa.Array, kind: pa.DataType) -> bool:
    known = cells.filter(pc.invert(pc.is_in(cells, value_set=_EMPTY)))
    if pa.types.is_null(kind):
        return len(known) == 0
    if pa.types.is_boolean(kind):
        return bool(pc.all(pc.is_in(known, value_set=_YES_OR_NO)).as_py() in (True, None))
    if not pa.types.is_timestamp(kind):
        known = pc.utf8_trim_whitespace(known)
    try:
        known.cast(kind)
    except pa.ArrowInvalid:
        return False
    return True


def _refuse_shape(path: Path, names: list[str], rows: int) -> None:
    if len(names) > MOST_COLUMNS:
        raise Refused("data.too_many_columns", f"{path.name} has {len(names)} columns; {MOST_COLUMNS} is the most.")
    if rows > MOST_ROWS:
        raise Refused("data.too_many_rows", f"{path.name} has {rows} rows; {MOST_ROWS} is the most.")
    if twice := [name for name, times in Counter(names).items() if times > 1]:
        raise Refused("data.duplicate_column", f"{path.name} has more than one column '{twice[0]}'.")


def main(arguments: list[str]) -> int:
    """Print what the file named in `arguments` holds, or why it is refused; the exit status."""
    try:
        answer = {"code": "", "sentence": ""} | inspect(Path(arguments[0]))
    except Refused as refusal:
        answer = {"code": refusal.code, "sentence": refusal.sentence}
    sys.stdout.write(json.dumps(answer, allow_nan=False) + "\n")
    return REFUSED if answer["code"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
