"""A chain to take along: one file that proves itself, offline, to anyone who knows the factory's public key."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO

from faur.kernel.files import replacing
from faur.kernel.record import readme
from faur.kernel.record.archive import Archive
from faur.kernel.record.attestations import attestation
from faur.kernel.record.checkpoints import PAYLOAD_TYPE as CHECKPOINT_PAYLOAD
from faur.kernel.record.checkpoints import checkpoint
from faur.kernel.record.errors import ChainEmpty, FileNameUnsafe
from faur.kernel.record.jcs import JSON, canonical
from faur.kernel.record.models import Anchor, Entry, EntryQuerySet
from faur.kernel.record.signing import SigningKey, envelope, key_id, public_pem, signature_of, signing_key

MANIFEST_TYPE = "urn:faur:record:bundle:v1"
MANIFEST_PAYLOAD = "application/vnd.faur.bundle+json"
NO_FILES: Mapping[str, Iterable[bytes]] = MappingProxyType({})

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_LONGEST_NAME = 200
_ROWS = 500


@dataclass(frozen=True, slots=True)
class Exported:
    """What a bundle holds: a chain up to `head`, the hash of its last entry, signed by the key named `key`."""

    chain: str
    entries: int
    head: str
    key: str


def export_bundle(
    chain: str, into: IO[bytes] | Path, blobs_included: Mapping[str, Iterable[bytes]] = NO_FILES
) -> Exported:
    """Write a chain as a bundle; `blobs_included` come along under `files/`, by name, as streams of bytes.

    Entry by entry in flat memory; the same record gives the same bytes, whatever happens on other chains. A path
    appears whole or not at all; a stream must be seekable. Makes a checkpoint where the chain has grown since the
    last. `faur.kernel.record.verify` says what stands where.

    Raises:
        RuntimeError: a transaction is open: the bundle must not hold what may still be rolled back.
        ChainEmpty: there is nothing to export.
        FileNameUnsafe: a name in `blobs_included` is no harmless relative path.
        BundleTooLarge: more than 4 GiB.
        KeyUnsafe: the signing key cannot be used.
    """
    if isinstance(into, Path):
        with replacing(into) as stream:
            return export_bundle(chain, stream, blobs_included)
    _check_names(blobs_included)
    checkpoint()
    anchors = list(Anchor.objects.filter(chain=chain).select_related("checkpoint").order_by("seq"))
    if not anchors:
        raise ChainEmpty(chain)
    exported = Exported(chain, anchors[-1].seq, anchors[-1].hash, signing_key().id)
    _fill(Archive(into), exported, anchors, blobs_included)
    return exported


def _fill(archive: Archive, exported: Exported, anchors: list[Anchor], files: Mapping[str, Iterable[bytes]]) -> None:
    """All members, sorted by name; the manifest and its signature last, for it names all the others."""
    key = signing_key()
    rows = Entry.objects.on_chain(exported.chain).filter(seq__lte=exported.entries)
    archive.add("README.txt", [readme.text(exported.chain, key.id)])
    archive.add("checkpoints.jsonl", (_anchor_line(anchor) for anchor in anchors))
    archive.add("entries.jsonl", (_entry_line(row) for row in rows.iterator(_ROWS)))
    for name in sorted(files):
        archive.add(f"files/{name}", files[name])
    archive.add("keys.json", [_keys({key.public, *(bytes(anchor.checkpoint.public_key) for anchor in anchors)})])
    _add_attestations(archive, rows, key)
    manifest = _manifest(archive, exported)
    archive.add("manifest.json", [manifest])
    archive.add("manifest.sig.json", [_signature(manifest, key)])
    archive.close()


def _add_attestations(archive: Archive, rows: EntryQuerySet, key: SigningKey) -> None:
    for row in rows.iterator(_ROWS):
        archive.add(f"statements/{row.seq:06d}.dsse.json", [attestation(row, key)])


def _entry_line(row: Entry) -> bytes:
    """Canonical JSON as well: it holds the hashed bytes as they are."""
    return b'{"body":%b,"hash":"%b"}\n' % (bytes(row.body), row.hash.encode("ascii"))


def _anchor_line(anchor: Anchor) -> bytes:
    made = anchor.checkpoint
    key = key_id(bytes(made.public_key))
    line: Mapping[str, JSON] = {
        "checkpoint": envelope(CHECKPOINT_PAYLOAD, bytes(made.body), key, bytes(made.signature)),
        "head": {"chain": anchor.chain, "hash": anchor.hash, "seq": anchor.seq},
        "path": anchor.path,
    }
    return canonical(line) + b"\n"


def _keys(public: Iterable[bytes]) -> bytes:
    return canonical({"keys": [{"keyid": key_id(key), "pem": public_pem(key)} for key in sorted(public, key=key_id)]})


def _manifest(archive: Archive, exported: Exported) -> bytes:
    members: list[JSON] = [{"name": one.name, "sha256": one.sha256, "size": one.size} for one in archive.members]
    return canonical(
        {
            "chain": exported.chain,
            "entries": exported.entries,
            "head": exported.head,
            "members": members,
            "type": MANIFEST_TYPE,
        }
    )


def _signature(manifest: bytes, key: SigningKey) -> bytes:
    """The DSSE signature of the manifest, apart from it so that the manifest can be read as it is."""
    return canonical(
        {"payloadType": MANIFEST_PAYLOAD, "signatures": [signature_of(key.id, key.sign(MANIFEST_PAYLOAD, manifest))]}
    )


def _check_names(names: Collection[str]) -> None:
    """Harmless relative paths, no two of them alike where capitals do not count, none a file and a folder at once."""
    spelled = [name.lower() for name in names]
    for name in names:
        alike = [one for one in spelled if one == name.lower() or one.startswith(f"{name.lower()}/")]
        if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME or len(alike) > 1:
            raise FileNameUnsafe(name)
