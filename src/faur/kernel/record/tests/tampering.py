"""What someone who holds a bundle, but not the factory's key, can do to it."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from faur.kernel.record import canonical
from faur.kernel.record.archive import Archive
from faur.kernel.record.signing import SigningKey, signature_of

Content = dict[str, bytes]


def unpack(bundle: Path) -> Content:
    with zipfile.ZipFile(bundle) as read:
        return {name: read.read(name) for name in read.namelist()}


def pack(bundle: Path, content: Mapping[str, bytes]) -> Path:
    """A flawless archive of that content."""
    stream = io.BytesIO()
    archive = Archive(stream)
    for name, data in content.items():
        archive.add(name, [data])
    archive.close()
    bundle.write_bytes(stream.getvalue())
    return bundle


def relist(content: Content, key: SigningKey | None = None) -> None:
    """Make the manifest say what is there now, and sign it where the forger has a key."""
    told = json.loads(content["manifest.json"])
    told["members"] = [
        {"name": name, "sha256": sha256(data).hexdigest(), "size": len(data)}
        for name, data in content.items()
        if not name.startswith("manifest.")
    ]
    lines = content["entries.jsonl"].splitlines()
    told["entries"], told["head"] = len(lines), json.loads(lines[-1])["hash"] if lines else "0" * 64
    content["manifest.json"] = canonical(told)
    if key:
        kind = "application/vnd.faur.bundle+json"
        signature = signature_of(key.id, key.sign(kind, content["manifest.json"]))
        content["manifest.sig.json"] = canonical({"payloadType": kind, "signatures": [signature]})


def change_lines(content: Content, name: str, change: Callable[[list[bytes]], list[bytes]]) -> None:
    content[name] = b"".join(line + b"\n" for line in change(content[name].splitlines()))


def entry_line(line: bytes, **changes: object) -> bytes:
    """An entry that says something else, with the hash that goes with it."""
    body = canonical({**json.loads(line)["body"], **changes})
    return b'{"body":%b,"hash":"%b"}' % (body, sha256(body).hexdigest().encode())
