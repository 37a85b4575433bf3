"""A table is described column by column whatever its size, and a file that is none is refused with its reason."""

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from faur.adapters.inspectors import tabular

TABLE = {
    "size": pa.array([1.5, None, float("nan"), float("inf"), -2.0] * 20),
    "count": pa.array([1, 2, 3, 4, 2**53] * 20),
    "sick": pa.array([True, False, None, True, True] * 20),
    "colour": pa.array(["red", "", None, "blue", "red"] * 20),
    "day": pa.array([dt.date(2026, 1, 1 + day) for day in range(5)] * 20),
    "note": pa.array([f"{place}" * 300 for place in range(100)]),
    "list": pa.array([[1], [2], [3], [4], [5]] * 20),
}


def inspected(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    status = tabular.main([str(path)])
    return status, json.loads(capsys.readouterr().out)


def columns(answer: Any) -> dict[str, Any]:
    return {column["name"]: column for column in answer["profile"]["columns"]}


def test_every_column_of_a_parquet_file_is_described(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pq.write_table(pa.table(TABLE), tmp_path / "t")
    status, answer = inspected(tmp_path / "t", capsys)
    found = columns(answer)
    assert (status, answer["code"], answer["profile"]["rows"]) == (0, "", 100)
    assert answer["media_type"] == "application/vnd.apache.parquet"
    assert {name: column["type"] for name, column in found.items()} == {
        "size": "number",
        "count": "integer",
        "sick": "boolean",
        "colour": "text",
        "day": "date",
        "note": "text",
        "list": "other",
    }
    size = found["size"]
    assert [size[key] for key in ("missing", "not_a_number", "infinite", "minimum", "maximum")] == [20, 20, 20, -2, 1.5]
    assert found["count"]["maximum"] == 2**53
    assert found["colour"]["missing"] == 40
    assert found["colour"]["values"][0] == {"value": "red", "count": 40}
    assert found["day"]["minimum"] == "2026-01-01"
    assert found["note"]["distinct"] is None


def test_a_csv_file_gets_its_types_from_all_its_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last row makes numbers of the integers and texts of the others, far from the first block."""
    rows = 60_000
    lines = ["id,whole,mixed,sick,when,empty", *(f"{row},{row % 7},5,true,2026-01-01T00:00:00," for row in range(rows))]
    lines.append(f"{rows},0.5,five,False,2026-01-02T00:00:00,")
    (tmp_path / "t").write_text("\n".join(lines))
    assert (tmp_path / "t").stat().st_size > 2 * tabular.BLOCK
    _, answer = inspected(tmp_path / "t", capsys)
    found = columns(answer)
    assert answer["profile"]["rows"] == rows + 1
    assert [found[name]["type"] for name in ("id", "whole", "mixed", "sick", "when", "empty")] == [
        "integer",
        "number",
        "text",
        "boolean",
        "timestamp",
        "empty",
    ]
    assert found["whole"]["distinct"] == 8
    assert found["empty"]["missing"] == rows + 1
    assert found["mixed"]["values"] == [{"value": "5", "count": rows}, {"value": "five", "count": 1}]


def test_both_formats_of_one_table_say_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draw = np.random.default_rng(0)
    table = pa.table({"x": draw.normal(size=500), "k": draw.integers(0, 3, 500), "s": draw.choice(["a", "b"], 500)})
    pq.write_table(table, tmp_path / "parquet")
    pacsv.write_csv(table, tmp_path / "csv")
    answers = [inspected(tmp_path / name, capsys)[1]["profile"] for name in ("parquet", "csv")]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("data.empty", b""),
        ("data.empty", b"a,b\n"),
        ("data.unreadable", b"PAR1 and nothing more"),
        ("data.unreadable", b"a,b\n1,2\n1,2,3\n"),
        ("data.unreadable", bytes(range(256)) * 4),
        ("data.unreadable", b"\xff\xfe,b\n1,2\n"),
        ("data.duplicate_column", b"a,a\n1,2\n"),
        ("data.too_many_columns", b",".join(b"c%d" % place for place in range(2001)) + b"\n"),
    ],
)
def test_what_is_no_table_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], code: str, content: bytes
) -> None:
    (tmp_path / "t").write_bytes(content)
    status, answer = inspected(tmp_path / "t", capsys)
    assert (status, answer["code"]) == (65, code)
    assert answer["sentence"].startswith("t ")


@pytest.mark.parametrize("content", [b"a,b\n1,secret of row two,3\n", b"a\n\x01,\x02secret\n"])
def test_a_refusal_shows_neither_the_row_nor_what_cannot_be_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (tmp_path / "t").write_bytes(content)
    sentence = inspected(tmp_path / "t", capsys)[1]["sentence"]
    assert "secret" not in sentence
    assert sentence.isprintable()


def test_a_parquet_file_cut_short_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pq.write_table(pa.table(TABLE), tmp_path / "t")
    (tmp_path / "t").write_bytes((tmp_path / "t").read_bytes()[:-100])
    assert inspected(tmp_path / "t", capsys)[1]["code"] == "data.unreadable"


def test_a_damaged_page_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pq.write_table(pa.table({"x": np.arange(10_000.0)}), tmp_path / "t", write_page_checksum=True)
    content = bytearray((tmp_path / "t").read_bytes())
    content[2000:2100] = bytes(100)
    (tmp_path / "t").write_bytes(content)
    assert inspected(tmp_path / "t", capsys)[1]["code"] == "data.unreadable"


MEASURED = """
import resource, runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(path: Path) -> int:
    """The most memory, in MiB, that an inspection of `path` takes; run by the file's path, without Faur around it."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", MEASURED, tabular.__file__, str(path)],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    kilobytes = int(done.stdout.splitlines()[-1])
    return kilobytes // (1024 * 1024 if sys.platform == "darwin" else 1024)


def test_memory_stays_flat_whatever_the_size(tmp_path: Path) -> None:
    """150 MB in one row group take hardly more memory than a hundred rows."""
    draw = np.random.default_rng(0)
    table = pa.table({f"c{place}": draw.random(1_250_000) for place in range(16)})
    pq.write_table(table, tmp_path / "large", row_group_size=2_000_000, compression="none", use_dictionary=False)
    pq.write_table(table.slice(0, 100), tmp_path / "small")
    assert (tmp_path / "large").stat().st_size > 150_000_000
    assert peak(tmp_path / "large") - peak(tmp_path / "small") < 100
