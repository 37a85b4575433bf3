"""A manifest names a set of files: one form, one digest, and only paths that are safe everywhere."""

from pathlib import Path

import pytest

from faur.adapters.files import FileBlobs
from faur.kernel.blobs import (
    BlobNotFound,
    Blobs,
    Digest,
    MalformedDigest,
    ManifestFile,
    ManifestInvalid,
    digest_of,
    put_manifest,
    read_manifest,
)
from faur.kernel.units import Bytes

CONTENT = digest_of(b"content")


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return FileBlobs(tmp_path)


def file(path: str, size: int = 7) -> ManifestFile:
    return ManifestFile(path, CONTENT, Bytes(size), "text/plain")


def test_the_same_files_in_any_order_have_one_digest(blobs: Blobs) -> None:
    assert put_manifest(blobs, [file("b"), file("a/c")]) == put_manifest(blobs, [file("a/c"), file("b")])


def test_a_manifest_is_read_back_sorted(blobs: Blobs) -> None:
    stored = put_manifest(blobs, [file("b", 2), file("a", 1)])
    manifest = read_manifest(blobs, stored.digest)
    assert [entry.path for entry in manifest] == ["a", "b"]


def test_the_canonical_form_is_fixed_for_ever(blobs: Blobs) -> None:
    stored = put_manifest(blobs, [ManifestFile("zürich.csv", CONTENT, Bytes(7), "text/csv")])
    entry = f'{{"digest":"{CONTENT}","media_type":"text/csv","path":"zürich.csv","size":7}}'
    assert b"".join(blobs.open(stored.digest)).decode() == f'{{"files":[{entry}]}}'


@pytest.mark.parametrize("path", ["a", "a/b.csv", "ünï/cödé.txt", "a b/c", "...", "a/.hidden", "-x", "a" * 255])
def test_an_ordinary_path_is_kept(blobs: Blobs, path: str) -> None:
    assert read_manifest(blobs, put_manifest(blobs, [file(path)]).digest)[0].path == path


@pytest.mark.parametrize(
    ("why", "path"),
    [
        ("empty", ""),
        ("absolute", "/etc/passwd"),
        ("climbing", "../x"),
        ("climbing from below", "a/../../x"),
        ("the folder itself", "."),
        ("an empty part", "a//b"),
        ("a trailing slash", "a/"),
        ("a backslash", "a\\b"),
        ("a null", "a\0b"),
        ("a line break", "a\nb"),
        ("text that runs backwards", "invoice\u202efdp.exe"),
        ("half a surrogate pair", "a\ud800"),
        ("not in normal form C", "u\u0308"),
        ("a part too long", "é" * 128),
        ("a path too long", "/".join(["a" * 200] * 6)),
    ],
)
def test_a_path_that_is_not_safe_everywhere_is_refused(blobs: Blobs, why: str, path: str) -> None:
    with pytest.raises(ManifestInvalid) as refused:
        put_manifest(blobs, [file(path)])
    assert refused.value.code == "manifest.invalid"


@pytest.mark.parametrize(
    "paths",
    [
        ["a", "a"],
        ["Data.csv", "data.CSV"],
        ["straße", "STRASSE"],
        ["A/x", "a/y"],
        ["a", "a/b"],
        ["A", "a/b"],
        ["a/b", "a/b/c"],
    ],
)
def test_paths_that_one_machine_would_mix_up_are_refused(blobs: Blobs, paths: list[str]) -> None:
    with pytest.raises(ManifestInvalid):
        put_manifest(blobs, [file(path) for path in paths])


@pytest.mark.parametrize("size", [-1, 2**53, True, 1.5])
def test_a_size_that_cannot_be_is_refused(blobs: Blobs, size: int) -> None:
    with pytest.raises(ManifestInvalid):
        put_manifest(blobs, [file("a", size)])


@pytest.mark.parametrize("media_type", ["", "text", "a/b/c", "text/plain\r\nX: y", "text/" + "x" * 300])
def test_a_media_type_that_cannot_be_is_refused(blobs: Blobs, media_type: str) -> None:
    with pytest.raises(ManifestInvalid):
        put_manifest(blobs, [ManifestFile("a", CONTENT, Bytes(1), media_type)])


def test_a_file_without_a_proper_digest_is_refused(blobs: Blobs) -> None:
    with pytest.raises(MalformedDigest):
        put_manifest(blobs, [ManifestFile("a", Digest("sha256:nothing"), Bytes(1))])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"files":1}',
        b'{"files":[1]}',
        b'{"files":[{"path":"a"}]}',
        b'{"files":[],"more":1}',
        b"\xff" * 9,
        b"[" * 100_000,
        b'{"files":[{"digest":1,"media_type":"a/b","path":"a","size":1}]}',
        b'{"files":[{"digest":"","media_type":1,"path":1,"size":1}]}',
    ],
)
def test_bytes_that_are_no_manifest_are_refused(blobs: Blobs, content: bytes) -> None:
    with pytest.raises(ManifestInvalid):
        read_manifest(blobs, blobs.put([content]).digest)


def test_a_manifest_in_another_form_is_refused(blobs: Blobs) -> None:
    canonical = b"".join(blobs.open(put_manifest(blobs, [file("a")]).digest))
    with pytest.raises(ManifestInvalid):
        read_manifest(blobs, blobs.put([canonical.replace(b",", b", ")]).digest)


def test_a_manifest_that_is_not_there_is_not_found(blobs: Blobs) -> None:
    with pytest.raises(BlobNotFound):
        read_manifest(blobs, CONTENT)
