"""What kind of file this is, by its bytes and never by its name; what runs code when it is loaded is named and refused.

Nothing is unpickled: a pickle is told by the opcodes that it is made of.
"""

import bz2
import gzip
import json
import lzma
import pickletools
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]  # Any: whatever JSON can hold

HEAD = 65_536
REFUSED = 65

UNSAFE = {
    "pickle": "a Python pickle, which runs code when it is loaded",
    "joblib": "a joblib file, a Python pickle in another dress, which runs code when it is loaded",
    "torch": "a PyTorch archive, which holds a Python pickle and runs code when it is loaded",
    "numpy-objects": "a NumPy archive of Python objects, which runs code when it is loaded",
}
_COMPRESSED: dict[bytes, Callable[[bytes], bytes]] = {
    b"\x1f\x8b": lambda head: zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, HEAD),
    b"BZh": lambda head: bz2.BZ2Decompressor().decompress(head, HEAD),
    b"\xfd7zXZ": lambda head: lzma.LZMADecompressor().decompress(head, HEAD),
    b"]\x00\x00": lambda head: lzma.LZMADecompressor(lzma.FORMAT_ALONE).decompress(head, HEAD),
    b"\x78": lambda head: zlib.decompressobj().decompress(head, HEAD),
}
_MAGIC = {
    b"PAR1": "parquet",
    b"GGUF": "gguf",
    b"\x89HDF": "hdf5",
    b"\x93NUMPY": "numpy",
    b"SQLite format 3": "sqlite",
    b"\x7fELF": "program",
    b"%PDF": "pdf",
}


def kind_of(path: Path) -> str:
    """`pickle`, `joblib`, `torch`, `onnx`, `safetensors`, `gguf`, `parquet`, `csv`, … or `unknown`."""
    with path.open("rb") as content:
        head = content.read(HEAD)
    if head.startswith(b"PK") and zipfile.is_zipfile(path):
        return _kind_of_zip(path)
    return _kind_of_bytes(head, whole=path.stat().st_size <= HEAD)


def _kind_of_bytes(head: bytes, *, whole: bool) -> str:
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    if is_pickle(head, whole=whole):
        return "joblib" if b"joblib" in head else "pickle"
    if inner := _decompressed(head):
        packed = _kind_of_bytes(inner, whole=False)
        return "joblib" if packed in ("pickle", "joblib") else "compressed"
    if _is_safetensors(head):
        return "safetensors"
    if _is_onnx(head):
        return "onnx"
    return "csv" if _is_text_table(head) else "unknown"


def is_pickle(head: bytes, *, whole: bool) -> bool:
    """Whether `head` begins as a pickle does: with a protocol of 2 or more, or as opcodes through to the stop."""
    if head[:1] == b"\x80" and head[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05"):
        return True
    if not whole or not head.rstrip().endswith(b"."):
        return False
    try:
        return sum(1 for _ in pickletools.genops(head)) > 1
    except Exception:  # pickletools raises whatever the odd bytes lead it to
        return False


def _decompressed(head: bytes) -> bytes:
    for magic, open_up in _COMPRESSED.items():
        if head.startswith(magic):
            try:
                return open_up(head)
            except (OSError, EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile):
                return b""
    return b""


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            arrays = [name for name in names if name.endswith(".npy")]
            if any(name.endswith((".pkl", ".pickle")) for name in names):
                return "torch"
            if arrays and len(arrays) == len(names):
                return "numpy-objects" if any(_holds_objects(archive, name) for name in arrays) else "numpy"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return "unknown"
    return "zip"


def _holds_objects(archive: zipfile.ZipFile, name: str) -> bool:
    with archive.open(name) as array:
        return b"'|O'" in array.read(1024)


def _is_safetensors(head: bytes) -> bool:
    """Eight bytes of length, then a JSON object: github.com/huggingface/safetensors, "Format"."""
    length = int.from_bytes(head[:8], "little")
    return 2 <= length <= 100_000_000 and head[8:9] == b"{" and b'"' in head[9:16]


def _is_onnx(head: bytes) -> bool:
    """A protobuf message whose first field is the small `ir_version`, followed by another field of ModelProto."""
    return head[:1] == b"\x08" and 1 <= (head[1:2] or b"\0")[0] <= 32 and head[2:3] in b"\x12\x1a\x22\x28\x32\x3a\x42"


def _is_text_table(head: bytes) -> bool:
    text = head[: head.rfind(b"\n") + 1] or head
    try:
        first = text.decode("utf-8").splitlines()[:2]
    except UnicodeDecodeError:
        return False
    printable = all(character.isprintable() or character == "\t" for line in first for character in line)
    return bool(first) and printable and any(mark in first[0] for mark in ",;\t")


def main(arguments: list[str]) -> int:
    """Print what kind of file is named in `arguments`, and refuse it where it runs code; the exit status."""
    path = Path(arguments[0])
    kind = kind_of(path)
    answer: Json = {"code": "", "sentence": "", "format": kind, "details": {"bytes": path.stat().st_size}}
    if kind in UNSAFE:
        answer |= {"code": "model.unsafe_format", "sentence": f"{path.name} is {UNSAFE[kind]}."}
    sys.stdout.write(json.dumps(answer) + "\n")
    return REFUSED if answer["code"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
