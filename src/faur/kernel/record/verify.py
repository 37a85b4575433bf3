"""Checks an evidence bundle of Faur offline, with the standard library and `cryptography` alone.

It is one file, so that it can be handed on, and shares no code with what writes bundles, so that neither can hide the
other's mistakes. `python verify.py BUNDLE [--key KEY] [--json]` ends with 0: sound, 1: refused, 2: cannot be checked.
"""

import argparse
import hashlib
import json
import math
import re
import struct
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from zlib import crc32

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

_ENTRY_TYPE, _CHECKPOINT_TYPE, _BUNDLE_TYPE = (
    f"urn:faur:record:{kind}:v1" for kind in ("entry", "checkpoint", "bundle")
)
_ENTRY = dict.fromkeys(("actor", "at", "chain", "prev", "strength", "type", "verb"), str) | {
    "claims": dict,
    "seq": int,
    "subjects": list,
}
_CHECKPOINT = dict.fromkeys(("at", "key", "previous", "root", "type"), str) | {"number": int}
_MANIFEST = {"chain": str, "entries": int, "head": str, "members": list, "type": str}
_STATEMENT_PAYLOAD = "application/vnd.in-toto+json"
_CHECKPOINT_PAYLOAD = "application/vnd.faur.checkpoint+json"
_BUNDLE_PAYLOAD = "application/vnd.faur.bundle+json"
_BEGINNING = "0" * 64
_SAFE = r"files(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+"
_LONGEST_LINE = 16 * 1024 * 1024
_LARGEST_JSON = 64 * 1024 * 1024
_MOST_MEMBERS = 1_000_000
_MOST_NESTED = 2_000_000
_MOST_FINDINGS = 1000
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong: a stable code, the entry that it touches (`chain#seq`; empty where none), and a sentence."""

    code: str
    entry: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked. `key` signed the bundle; `key_given`: it is the one that the caller trusts.

    `unnamed` are files that no entry names by digest: they are unchanged, but the record says nothing about them.
    """

    ok: bool
    chain: str
    entries: int
    head: str
    checkpoints: int
    files: tuple[str, ...]
    unnamed: tuple[str, ...]
    key: str
    key_given: bool
    findings: tuple[Finding, ...]


class KeyUnreadable(ValueError):  # noqa: N818 - said of what the caller gave, as a refusal is
    """What the caller gave as the trusted key is neither a key's name nor a public key's file."""


def verify_bundle(path: str | Path, key: str = "") -> Report:
    """Check every byte of a bundle; `key` is the trusted key's name, or the path of its public key (PEM).

    Without `key` the bundle is checked against the keys that it brings: compare `Report.key` with what the factory
    publishes. Memory is bounded by the bundle's own size, and flat for the files in it.

    Raises:
        OSError: the file cannot be read.
        KeyUnreadable: `key` is no key.
    """
    trusted = _trusted(key)
    with Path(path).open("rb") as file:
        return _Check(_Archive(file), trusted).report()


class _Enough(Exception):  # noqa: N818 - the end of the check, not a failure of the program
    """So much is wrong that more findings would say nothing more."""


class _Wrong(Exception):  # noqa: N818 - a finding under way, not a failure of the program
    """Something is not what it must be; whoever catches it knows where."""


# JSON, by RFC 8785.


def _parse(data: bytes) -> Any:  # Any: JSON
    """The value that `data` is the canonical form of."""
    try:
        if data.count(b"[") + data.count(b"{") > _MOST_NESTED:
            raise ValueError("more than any bundle holds")
        value = json.loads(data.decode())
        if _canonical(value).encode() == data:
            return value
    except (ValueError, ArithmeticError, RecursionError):
        pass
    raise _Wrong("is not canonical JSON")


def _canonical(value: Any) -> str:  # Any: JSON
    if isinstance(value, dict):
        ordered = sorted(value.items(), key=lambda item: item[0].encode("utf-16-be"))
        return "{" + ",".join(f"{_canonical(name)}:{_canonical(item)}" for name, item in ordered) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_canonical, value)) + "]"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(float(value))
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    """ECMA-262, Number::toString: the shortest digits that give the same double."""
    if not math.isfinite(value):
        raise ValueError("not finite")
    _, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    text, point = "".join(map(str, digits)), len(digits) + int(exponent)
    sign = "-" if value < 0 else ""
    if value == 0:
        return "0"
    if 0 < point <= 21:
        whole, rest = text[:point].ljust(point, "0"), text[point:]
        return f"{sign}{whole}.{rest}" if rest else sign + whole
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{text}"
    mantissa = f"{text[0]}.{text[1:]}" if text[1:] else text
    return f"{sign}{mantissa}e{point - 1:+d}"


def _fields(value: Any, **kinds: type) -> dict[str, Any]:  # Any: JSON
    """A JSON object that has exactly these members, of these types."""
    if not isinstance(value, dict) or value.keys() != kinds.keys():
        raise _Wrong("has not the members that it must have")
    if any(type(value[name]) is not kind for name, kind in kinds.items()):
        raise _Wrong("has a member of another type than it must have")
    return value


# Keys and signatures, by RFC 8032 and DSSE.


def _public_key(pem: bytes) -> tuple[str, Ed25519PublicKey]:
    """A key and its name."""
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        raise _Wrong("holds no public key") from None
    if not isinstance(key, Ed25519PublicKey):
        raise _Wrong("holds a key that is not Ed25519")
    return hashlib.sha256(key.public_bytes_raw()).hexdigest(), key


def _trusted(key: str) -> str:
    """The name of the key that the caller trusts; empty where none was given."""
    name = key.removeprefix("sha256:").lower()
    if not key or re.fullmatch(r"[0-9a-f]{64}", name):
        return name
    try:
        return _public_key(Path(key).read_bytes())[0]
    except (OSError, _Wrong) as error:
        raise KeyUnreadable(f"{key} is neither a key's name nor a public key's file: {error}") from None


def _check_signed(
    signatures: list[Any], payload_type: str, payload: bytes, keys: Mapping[str, Ed25519PublicKey]
) -> str:
    """The name of the key whose one signature holds on a DSSE payload. `signatures` is JSON."""
    if len(signatures) != 1:
        raise _Wrong("has not exactly one signature")
    signed = _fields(signatures[0], keyid=str, sig=str)
    name = str(signed["keyid"])
    if name not in keys:
        raise _Wrong("is signed by a key that is not among the bundle's")
    text = b"DSSEv1 %d %b %d %b" % (len(payload_type), payload_type.encode(), len(payload), payload)
    try:
        keys[name].verify(_base64(signed["sig"]), text)
    except InvalidSignature:
        raise _Wrong("has a signature that does not hold") from None
    return name


def _base64(text: str) -> bytes:
    """Bytes in the one way of writing them."""
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        data = b""
    if b64encode(data).decode() != text:
        raise _Wrong("is not base64")
    return data


# The archive: a ZIP of stored members without gaps, of which every byte is known.

_LOCAL, _CENTRAL = struct.Struct("<4sHHHHHIIIHH"), struct.Struct("<4sHHHHHHIIIHHHHHII")
_END, _END_64, _LOCATOR = struct.Struct("<4sHHHHIIH"), struct.Struct("<4sQHHIIQQQQ"), struct.Struct("<4sIQI")


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    crc: int
    size: int
    offset: int

    @property
    def spelled(self) -> bytes:
        return self.name.encode(errors="surrogateescape")

    @property
    def begin(self) -> int:
        return self.offset + len(self.header)

    @property
    def header(self) -> bytes:
        told = (self.crc, self.size, self.size, len(self.spelled))
        return _LOCAL.pack(b"PK\x03\x04", 20, 0x800, 0, 0, 0x21, *told, 0) + self.spelled

    @property
    def listing(self) -> bytes:
        told = (self.crc, self.size, self.size, len(self.spelled))
        fixed = _CENTRAL.pack(
            b"PK\x01\x02", 0x314, 20, 0x800, 0, 0, 0x21, *told, 0, 0, 0, 0, 0o100644 << 16, self.offset
        )
        return fixed + self.spelled


class _Archive:
    """Where the members are. What it reads it finds by the directory, or, if that is damaged, from one to the next."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, 2)
        self._hashed: dict[str, tuple[str, int]] = {}
        listed = self._listed()
        self.directory_intact = listed is not None
        found = listed if listed is not None else list(islice(self._walked(), _MOST_MEMBERS))
        self.names = [member.name for member in found]
        self.members = {member.name: member for member in found}

    def bytes_at(self, offset: int, size: int) -> bytes:
        self._file.seek(max(offset, 0))
        return self._file.read(max(size, 0))

    def chunks(self, name: str) -> Iterator[bytes]:
        member = self.members[name]
        for start in range(0, member.size, _CHUNK):
            yield self.bytes_at(member.begin + start, min(_CHUNK, member.size - start))

    def read(self, name: str) -> bytes:
        if name not in self.members:
            raise _Wrong("is missing")
        if (member := self.members[name]).size > _LARGEST_JSON:
            raise _Wrong("is too large")
        return self.bytes_at(member.begin, member.size)

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a member, without their ends, one at a time in memory."""
        rest = b""
        for chunk in self.chunks(name) if name in self.members else ():
            *lines, rest = (rest + chunk).split(b"\n")
            yield from lines
            if len(rest) > _LONGEST_LINE:
                raise _Wrong("has a line that is too long")
        if rest:
            yield rest

    def hashes(self, name: str) -> tuple[str, int]:
        """SHA-256 and CRC-32 of a member; each is read once."""
        if name not in self._hashed:
            digest, crc = hashlib.sha256(), 0
            for chunk in self.chunks(name):
                digest.update(chunk)
                crc = crc32(chunk, crc)
            self._hashed[name] = digest.hexdigest(), crc
        return self._hashed[name]

    def changed(self) -> Iterator[str]:
        """The members around which the archive is not as it must be; an empty name stands for its directory."""
        at = 0
        for member in self.members.values():
            if self.bytes_at(at, len(member.header)) != member.header or self.hashes(member.name)[1] != member.crc:
                yield member.name
            at = member.begin + member.size
        directory = self._directory(at)
        if len(self.members) != len(self.names) or self.bytes_at(at, len(directory) + 1) != directory:
            yield ""

    def _directory(self, begin: int) -> bytes:
        """The directory as it must be, with which the archive ends."""
        listing = b"".join(member.listing for member in self.members.values())
        count, size, far = len(self.members), len(listing), b""
        if count >= 0xFFFF:
            far = _END_64.pack(b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, begin)
            far += _LOCATOR.pack(b"PK\x06\x07", 0, begin + size, 1)
        told = min(count, 0xFFFF)
        return listing + far + _END.pack(b"PK\x05\x06", 0, 0, told, told, size, begin, 0)

    def _listed(self) -> list[_Member] | None:
        """The members by the directory, if it can be read and they lie one after the other without gap or overlap."""
        tail = self.bytes_at(self._size - _END.size, _END.size)
        if len(tail) < _END.size:
            return None
        magic, *_, size, begin, _ = _END.unpack(tail)
        data, at = self.bytes_at(begin, min(size, _LARGEST_JSON)), 0
        found: list[_Member] = []
        while magic == b"PK\x05\x06" and at + _CENTRAL.size <= len(data):
            told = _CENTRAL.unpack_from(data, at)
            name = data[at + _CENTRAL.size : at + _CENTRAL.size + told[10]]
            found.append(_Member(name.decode(errors="surrogateescape"), told[7], told[9], told[16]))
            at += _CENTRAL.size + len(name)
        ends = [0, *(member.begin + member.size for member in found)]
        gapless = ends == [*(member.offset for member in found), begin]
        return found if found and at == size and gapless else None

    def _walked(self) -> Iterator[_Member]:
        """The members from one header to the next, as far as that goes."""
        at = 0
        while (told := self.bytes_at(at, _LOCAL.size))[:4] == b"PK\x03\x04" and len(told) == _LOCAL.size:
            *_, crc, _, size, length, _ = _LOCAL.unpack(told)
            name = self.bytes_at(at + _LOCAL.size, length).decode(errors="surrogateescape")
            yield (member := _Member(name, crc, size, at))
            at = member.begin + size


# The check.


class _Check:
    """One pass over a bundle, from the entries outwards: what is found first says most."""

    def __init__(self, archive: _Archive, trusted: str) -> None:
        self.archive, self.trusted = archive, trusted
        self.findings: list[Finding] = []
        self.key, self.checkpoints = "", 0
        self.hashes = [_BEGINNING]
        self.named: dict[str, str] = {}
        self.unnamed: list[str] = []
        self.keys = self._read_keys()
        self.chain = self._find_chain()

    def report(self) -> Report:
        with suppress(_Enough):
            self._check_entries()
            self._check_checkpoints()
            self._check_manifest()
            self._check_archive()
        files = tuple(name for name in self.archive.names if name.startswith("files/"))
        return Report(
            ok=not self.findings,
            chain=self.chain,
            entries=len(self.hashes) - 1,
            head=self.hashes[-1],
            checkpoints=self.checkpoints,
            files=files,
            unnamed=tuple(self.unnamed),
            key=self.key,
            key_given=bool(self.trusted) and self.key == self.trusted,
            findings=tuple(self.findings),
        )

    def _add(self, code: str, entry: str, message: str) -> None:
        self.findings.append(Finding(code, entry, message))
        if len(self.findings) == _MOST_FINDINGS:
            self.findings.append(Finding("more", "", "There may be more: the check ended here."))
            raise _Enough

    def _read_keys(self) -> dict[str, Ed25519PublicKey]:
        keys = {}
        try:
            for listed in _fields(_parse(self.archive.read("keys.json")), keys=list)["keys"]:
                one = _fields(listed, keyid=str, pem=str)
                name, key = _public_key(one["pem"].encode())
                if name != one["keyid"]:
                    raise _Wrong("names a key by another than its own SHA-256")
                keys[name] = key
        except _Wrong as wrong:
            self._add("keys.changed", "", f"keys.json {wrong}.")
        return keys

    def _find_chain(self) -> str:
        """The chain of the first sound entry, or, where there is none, what the manifest says."""
        try:
            for line in islice(self.archive.lines("entries.jsonl"), _MOST_FINDINGS):
                with suppress(_Wrong):
                    return str(_entry(line)[0]["chain"])
            told = _fields(_parse(self.archive.read("manifest.json")), **_MANIFEST)
        except _Wrong:
            return ""
        return str(told["chain"])

    def _check_entries(self) -> None:
        for line in self._lines("entries.jsonl"):
            try:
                entry, stated = _entry(line)
                if entry["chain"] != self.chain:
                    raise _Wrong("belongs to another chain")
            except _Wrong as wrong:
                self._add("entry.changed", self._name(len(self.hashes)), f"The entry {wrong}.")
                self.hashes.append("")
            else:
                self._check_place(entry, stated)
                self._check_statement(entry, stated)

    def _lines(self, name: str) -> Iterator[bytes]:
        try:
            yield from self.archive.lines(name)
        except _Wrong as wrong:
            self._add("file.unreadable", "", f"{name} {wrong}.")

    def _check_place(self, entry: Mapping[str, Any], stated: str) -> None:  # Any: JSON
        """Sound in itself, it must also be the next, and know the one before."""
        seq, due = entry["seq"], len(self.hashes)
        if seq < due:
            self._add("entry.order", self._name(seq), "The entry stands twice, or not in its place.")
            return
        if seq > due:
            self._add("entry.missing", self._name(due), f"Entries {due} to {seq - 1} are missing before entry {seq}.")
            self.hashes.extend([""] * min(seq - due, _MOST_FINDINGS))
        elif self.hashes[-1] and entry["prev"] != self.hashes[-1]:
            self._add("entry.chain", self._name(seq), "The entry does not follow the one that stands before it.")
        self.hashes.append(stated)
        for subject in entry["subjects"]:
            self.named.setdefault(str(subject.get("digest", "")), self._name(seq))

    def _check_statement(self, entry: Mapping[str, Any], entry_hash: str) -> None:  # Any: JSON
        """The signed statement must say what the entry says, to the byte."""
        file = f"statements/{entry['seq']:06d}.dsse.json"
        payload = _canonical(_in_toto(entry, entry_hash)).encode()
        due = {"payload": b64encode(payload).decode(), "payloadType": _STATEMENT_PAYLOAD}
        try:
            envelope = _fields(_parse(self.archive.read(file)), payload=str, payloadType=str, signatures=list)
            if any(envelope[name] != text for name, text in due.items()):
                raise _Wrong("does not say what the entry says")
            _check_signed(envelope["signatures"], _STATEMENT_PAYLOAD, payload, self.keys)
        except _Wrong as wrong:
            self._add("statement.changed", self._name(entry["seq"]), f"{file} {wrong}.")

    def _check_checkpoints(self) -> None:
        """Each is signed, comes after the one before, and holds the chain's head of its time."""
        before, seq = {"number": 0, "previous": "", "hash": _BEGINNING}, 0
        for line in self._lines("checkpoints.jsonl"):
            guess = re.search(rb'"seq":(\d{1,15})\}', line)
            name = self._name(int(guess[1])) if guess else ""
            try:
                made, seq = self._checkpoint(line, before, seq)
                before, self.checkpoints = made, self.checkpoints + 1
            except _Wrong as wrong:
                self._add("checkpoint.changed", name, f"The checkpoint of this entry {wrong}.")
        last = len(self.hashes) - 1
        if seq > last:
            self._add("entry.missing", self._name(last + 1), f"Entries {last + 1} to {seq} are missing at the end.")
        elif seq < last or not last:
            self._add("checkpoint.missing", self._name(last), "No checkpoint holds the last entry.")

    def _checkpoint(self, line: bytes, before: Mapping[str, Any], seq: int) -> tuple[dict[str, Any], int]:  # Any: JSON
        """The checkpoint of one line, and how far the chain had come at it."""
        outer = _fields(_parse(line), checkpoint=dict, head=dict, path=list)
        head = _fields(outer["head"], chain=str, hash=str, seq=int)
        envelope = _fields(outer["checkpoint"], payload=str, payloadType=str, signatures=list)
        payload = _base64(envelope["payload"])
        made = _fields(_parse(payload), **_CHECKPOINT)
        if envelope["payloadType"] != _CHECKPOINT_PAYLOAD or made["type"] != _CHECKPOINT_TYPE:
            raise _Wrong("is of another type")
        if _check_signed(envelope["signatures"], _CHECKPOINT_PAYLOAD, payload, self.keys) != made["key"]:
            raise _Wrong("names another key than the one that signed it")
        if _root(head, outer["path"]) != made["root"]:
            raise _Wrong("does not hold it: the way to the root leads elsewhere")
        here = "".join(self.hashes[head["seq"] : head["seq"] + 1])
        if head["chain"] != self.chain or here not in {"", head["hash"]}:
            raise _Wrong("holds another entry in its place")
        if made["number"] <= before["number"] or head["seq"] <= seq:
            raise _Wrong("stands twice, or not in its place")
        if made["number"] == before["number"] + 1 and made["previous"] != before["hash"]:
            raise _Wrong("does not follow the one before")
        return {**made, "hash": hashlib.sha256(payload).hexdigest()}, head["seq"]

    def _check_manifest(self) -> None:
        """Every file is the one that the signed manifest names; none is missing, none was added."""
        try:
            data = self.archive.read("manifest.json")
            told = _fields(_parse(data), **_MANIFEST)
            members = [_fields(member, name=str, sha256=str, size=int) for member in told["members"]]
        except _Wrong as wrong:
            self._add("manifest.changed", "", f"manifest.json {wrong}.")
            return
        self._check_signature(data)
        if (told["chain"], told["entries"], told["head"], told["type"]) != (
            (self.chain, len(self.hashes) - 1, self.hashes[-1], _BUNDLE_TYPE)
        ):
            self._add("manifest.differs", "", "manifest.json is not about the entries that are here.")
        self._check_names([member["name"] for member in members])
        for member in members:
            if member["name"] in self.archive.members:
                self._check_file(**member)

    def _check_signature(self, manifest: bytes) -> None:
        try:
            told = _fields(_parse(self.archive.read("manifest.sig.json")), payloadType=str, signatures=list)
            if told["payloadType"] != _BUNDLE_PAYLOAD:
                raise _Wrong("is of another type")
            self.key = _check_signed(told["signatures"], _BUNDLE_PAYLOAD, manifest, self.keys)
        except _Wrong as wrong:
            self._add("manifest.unsigned", "", f"manifest.sig.json {wrong}.")
        if self.trusted and self.key != self.trusted:
            signer = self.key or "nobody known"
            self._add("key.other", "", f"The bundle is signed by {signer}, not by the trusted key {self.trusted}.")

    def _check_names(self, named: Sequence[str]) -> None:
        """The members that a bundle of this chain has, in their order."""
        files = sorted(name for name in named if name.startswith("files/"))
        statements = [f"statements/{seq:06d}.dsse.json" for seq in range(1, len(self.hashes))]
        due = ["README.txt", "checkpoints.jsonl", "entries.jsonl", *files, "keys.json", *statements]
        here = self.archive.names
        for name in sorted({*due, *named} - {*here}):
            self._add("file.missing", self._touched(name), f"{name} is missing.")
        unsafe = {name for name in files if not re.fullmatch(_SAFE, name)}
        for name in sorted({*here} - {*due, "manifest.json", "manifest.sig.json"} | unsafe):
            self._add("file.unknown", self._touched(name), f"{name} does not belong here.")
        if here != [*due, "manifest.json", "manifest.sig.json"] or list(named) != due:
            self._add("file.order", "", "The files are not those of this chain's bundle, in their order.")

    def _check_file(self, name: str, sha256: str, size: int) -> None:
        """One member against what the manifest says of it."""
        digest = f"sha256:{sha256}"
        if self.archive.hashes(name)[0] != sha256 or self.archive.members[name].size != size:
            touched = self._touched(name) or self.named.get(digest, "")
            self._add("file.changed", touched, f"{name} is not the file that was signed.")
        elif name.startswith("files/") and digest not in self.named:
            self.unnamed.append(name)

    def _check_archive(self) -> None:
        """Nothing stands between the files, before or after them: the whole archive is what these files make it."""
        if not self.archive.directory_intact:
            self._add("archive.damaged", "", "The archive's directory cannot be read: it was cut off or changed.")
        for name in self.archive.changed():
            where = f"around {name}" if name else "after its last file"
            self._add("archive.changed", self._touched(name), f"The archive was changed {where}.")

    def _touched(self, name: str) -> str:
        """The entry whose statement the member is."""
        found = re.fullmatch(r"statements/(\d{6,15})\.dsse\.json", name)
        return self._name(int(found[1])) if found else ""

    def _name(self, seq: int) -> str:
        return f"{self.chain}#{seq}"


def _entry(line: bytes) -> tuple[dict[str, Any], str]:  # Any: JSON
    """What an entry says, and its hash. Its line: `{"body":` the hashed bytes `,"hash":"` 64 digits `"}`."""
    body, stated = line[8:-75], line[-66:-2]
    if line != b'{"body":%b,"hash":"%b"}' % (body, stated) or hashlib.sha256(body).hexdigest().encode() != stated:
        raise _Wrong("is not the one whose hash stands beside it")
    entry = _fields(_parse(body), **_ENTRY)
    if entry["type"] != _ENTRY_TYPE or entry["seq"] < 1 or not re.fullmatch(r"[a-z][a-z0-9_]*", entry["chain"]):
        raise _Wrong("is of another type")
    if not all(isinstance(subject, dict) for subject in entry["subjects"]):
        raise _Wrong("has a subject that is none")
    return entry, stated.decode()


def _in_toto(entry: Mapping[str, Any], entry_hash: str) -> dict[str, Any]:  # Any: JSON
    """The in-toto Statement v1 that says what the entry says: about the entry itself, and all that have a digest."""
    subjects = [{"digest": {"sha256": entry_hash}, "name": f"{entry['chain']}#{entry['seq']}"}]
    for subject in entry["subjects"]:
        if digest := str(subject.get("digest", "")):
            named = subject.get("uid", digest)
            subjects.append({"digest": {"sha256": digest.removeprefix("sha256:")}, "name": named})
    kind = f"urn:faur:record:{entry['verb']}:v1"
    return {"_type": "https://in-toto.io/Statement/v1", "predicate": entry, "predicateType": kind, "subject": subjects}


def _root(head: Mapping[str, Any], path: Sequence[Any]) -> str:  # Any: JSON
    """Where the way from a chain's head leads, by RFC 6962, 2.1: leaves and nodes are hashed apart."""
    at = hashlib.sha256(b"\0" + _canonical(head).encode()).digest()
    for step in path:
        ((side, sibling),) = step.items() if isinstance(step, dict) and len(step) == 1 else (("", ""),)
        if side not in {"left", "right"} or not re.fullmatch(r"[0-9a-f]{64}", str(sibling)):
            raise _Wrong("has a way to the root that is none")
        other = bytes.fromhex(sibling)
        at = hashlib.sha256(b"\1" + (other + at if side == "left" else at + other)).digest()
    return at.hex()


# The command line.


def _told(report: Report, bundle: str) -> str:
    """The report in words, in characters that every terminal shows as they are."""
    trust = "which is the key you trust" if report.key_given else "compare it with what the factory publishes"
    sound = [
        f"SOUND: {bundle}",
        f"chain       {report.chain}, entries: {report.entries}, checkpoints: {report.checkpoints}",
        f"last entry  {report.head}",
        f"signed by   {report.key} ({trust})",
        *(f"no entry names {name}: it is unchanged, but no evidence" for name in report.unnamed),
    ]
    refused = [
        f"REFUSED: {bundle} is not sound",
        *(f"{finding.entry or '-'}  {finding.code}  {finding.message}" for finding in report.findings),
    ]
    lines = sound if report.ok else refused
    return "\n".join(re.sub(r"[^ -~]", lambda odd: ascii(odd[0])[1:-1], line) for line in lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; gives the exit status."""
    parser = argparse.ArgumentParser(prog="verify", description="Check an evidence bundle of Faur, offline.")
    parser.add_argument("bundle", help="the bundle's file")
    parser.add_argument("--key", default="", help="the key that you trust: its name, or its public key's PEM file")
    parser.add_argument("--json", action="store_true", help="the report as JSON")
    asked = parser.parse_args(arguments)
    try:
        report = verify_bundle(asked.bundle, asked.key)
    except (OSError, KeyUnreadable) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write((json.dumps(asdict(report), indent=2) if asked.json else _told(report, asked.bundle)) + "\n")
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())
