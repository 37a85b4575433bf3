"""Content-addressed bytes: the same bytes are stored once, and a digest names them everywhere."""

from faur.kernel.blobs.digests import digest_of
from faur.kernel.blobs.errors import (
    BlobNotFound,
    LinkExpired,
    LinkInvalid,
    MalformedDigest,
    ManifestInvalid,
    NoSpace,
    ReceiptInvalid,
)
from faur.kernel.blobs.links import Link, Receipt, link_token, read_link, read_receipt, receipt
from faur.kernel.blobs.manifests import Manifest, ManifestFile, put_manifest, read_manifest
from faur.kernel.blobs.ports import Blobs, Digest, Stored
from faur.kernel.wiring import wired

__all__ = [
    "BlobNotFound",
    "Blobs",
    "Digest",
    "Link",
    "LinkExpired",
    "LinkInvalid",
    "MalformedDigest",
    "Manifest",
    "ManifestFile",
    "ManifestInvalid",
    "NoSpace",
    "Receipt",
    "ReceiptInvalid",
    "Stored",
    "blobs",
    "digest_of",
    "link_token",
    "put_manifest",
    "read_link",
    "read_manifest",
    "read_receipt",
    "receipt",
]


def blobs() -> Blobs:
    """The store that the site chose."""
    return wired(Blobs)
