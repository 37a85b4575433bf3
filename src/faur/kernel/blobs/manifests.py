"""A manifest names a set of files by their digests; it is itself a blob, so its digest names the whole set."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import rfc8785
from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from faur.kernel.blobs.digests import parse_digest
from faur.kernel.blobs.errors import ManifestInvalid
from faur.kernel.blobs.paths import check_paths
from faur.kernel.blobs.ports import Blobs, Digest, Stored
from faur.kernel.errors import Refusal
from faur.kernel.units import MIB, Bytes

LARGEST_MANIFEST = Bytes(64 * MIB)
LARGEST_SIZE = 2**53 - 1
"""The largest integer that JSON carries between all languages (RFC 7493, 2.2)."""
LONGEST_MEDIA_TYPE = 255


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """`size` is in bytes; `path` is relative, its parts separated by `/`."""

    path: str
    digest: Digest
    size: Bytes
    media_type: str = "application/octet-stream"


Manifest = tuple[ManifestFile, ...]
"""Sorted by path."""


class _Document(TypedDict):
    files: list[ManifestFile]


_DOCUMENT = TypeAdapter(_Document)


def put_manifest(blobs: Blobs, files: Iterable[ManifestFile]) -> Stored:
    """Store the canonical form (RFC 8785) of the set; the same files in any order give the same digest.

    Whether the files' own bytes are in the store is the caller's to know.

    Raises:
        ManifestInvalid: a path that is not portable or meets another, or a size or media type that cannot be.
        MalformedDigest: one of the files has no proper digest.
    """
    return blobs.put([_canonical(_checked(files))])


def read_manifest(blobs: Blobs, digest: Digest) -> Manifest:
    """The set of files that was stored under `digest`.

    Raises:
        BlobNotFound: there are no such bytes.
        ManifestInvalid: the bytes are no manifest in canonical form.
    """
    if blobs.size(digest) > LARGEST_MANIFEST:
        raise ManifestInvalid(_("This list of files is too long."))
    content = b"".join(blobs.open(digest))
    try:
        manifest = _checked(_DOCUMENT.validate_json(content, strict=True)["files"])
    except (ValidationError, Refusal):
        raise ManifestInvalid(_("These bytes are not a list of files.")) from None
    if _canonical(manifest) != content:
        raise ManifestInvalid(_("This list of files is not in its canonical form."))
    return manifest


def _checked(files: Iterable[ManifestFile]) -> Manifest:
    manifest = tuple(sorted(files, key=lambda file: file.path))
    check_paths([file.path for file in manifest])
    for file in manifest:
        parse_digest(file.digest)
        if type(file.size) is not int or not 0 <= file.size <= LARGEST_SIZE:
            raise ManifestInvalid(_("The size of a file is a whole number of bytes."), file.path)
        if not _is_media_type(file.media_type):
            raise ManifestInvalid(_("This is not a media type."), file.path)
    return manifest


def _is_media_type(text: str) -> bool:
    return len(text) <= LONGEST_MEDIA_TYPE and text.isascii() and text.isprintable() and text.count("/") == 1


def _canonical(manifest: Manifest) -> bytes:
    return rfc8785.dumps({"files": [asdict(file) for file in manifest]})
