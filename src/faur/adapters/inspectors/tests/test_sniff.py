"""A file's kind is told by its bytes; whatever unpickles is refused, in any dress, and never loaded."""

import gzip
import io
import json
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import joblib
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from faur.adapters.inspectors import sniff


class Trap:
    """Would leave a file behind if it were ever loaded."""

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (Path("/tmp/faur-trap-sprung"),)


def dumped(compress: object = 0) -> bytes:
    into = io.BytesIO()
    joblib.dump({"weights": np.ones(3), "trap": Trap()}, into, compress=compress)
    return into.getvalue()


def archive(**files: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return into.getvalue()


def arrays(**content: object) -> bytes:
    np.savez(into := io.BytesIO(), **content)
    return into.getvalue()


def parquet() -> bytes:
    pq.write_table(pa.table({"a": [1]}), into := pa.BufferOutputStream())
    return into.getvalue().to_pybytes()


HEADER = b'{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        *[("pickle", pickle.dumps(Trap(), protocol=protocol)) for protocol in range(6)],
        ("joblib", dumped()),
        ("joblib", dumped(("zlib", 3))),
        ("joblib", dumped(("gzip", 3))),
        ("joblib", dumped(("bz2", 3))),
        ("joblib", dumped(("xz", 3))),
        ("joblib", dumped(("lzma", 3))),
        ("torch", archive(**{"model/data.pkl": b"\x80\x02.", "model/version": b"3"})),
        ("numpy-objects", arrays(a=np.array([Trap()], dtype=object))),
        ("numpy", arrays(a=np.ones(3))),
        ("zip", archive(**{"notes.txt": b"hello"})),
        ("safetensors", len(HEADER).to_bytes(8, "little") + HEADER + bytes(4)),
        ("gguf", b"GGUF\x03\x00\x00\x00"),
        ("parquet", parquet()),
        ("onnx", b"\x08\x0a\x12\x08skl2onnx"),
        ("hdf5", b"\x89HDF\r\n\x1a\n"),
        ("csv", b"a,b\n1,2\n"),
        ("csv", "mărime;culoare\n1;roșu\n".encode()),
        ("compressed", gzip.compress(b"a,b\n1,2\n", mtime=0)),
        ("unknown", b"hello"),
        ("unknown", b""),
        ("unknown", bytes(range(255, 0, -1))),
        ("unknown", b"PK\x03\x04 and then nothing"),
    ],
)
def test_a_kind_is_told_by_its_bytes(tmp_path: Path, kind: str, content: bytes) -> None:
    (tmp_path / "innocent.onnx").write_bytes(content)
    assert sniff.kind_of(tmp_path / "innocent.onnx") == kind
    assert not Path("/tmp/faur-trap-sprung").exists()


def test_a_real_onnx_model_is_not_taken_for_a_pickle(tmp_path: Path) -> None:
    from onnx import TensorProto, helper

    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])
    graph = helper.make_graph([helper.make_node("Identity", ["x"], ["x2"])], "g", [value], [value])
    (tmp_path / "m").write_bytes(helper.make_model(graph).SerializeToString())
    assert sniff.kind_of(tmp_path / "m") == "onnx"


def test_what_runs_code_is_refused_by_the_program(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(pickle.dumps(Trap()))
    done = subprocess.run(
        [sys.executable, "-m", "faur.adapters.inspectors.sniff", str(tmp_path / "model.onnx")],
        capture_output=True,
        text=True,
        check=False,
    )
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["code"], answer["format"]) == (65, "model.unsafe_format", "pickle")
    assert "runs code when it is loaded" in answer["sentence"]
