"""Bytes to and from the factory: streamed, whole or not at all, and going on where a broken download stopped."""

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import httpx

from faur.cli.client import Api, Json
from faur.cli.refusal import Refused

CHUNK = 1 << 20
SILENCE_SECONDS = 300.0
STORING_SECONDS = httpx.Timeout(60.0, read=1800.0)
DIGEST = re.compile(r'"sha256:([0-9a-f]{64})"')
Seen = Callable[[int], None]
"""Told how many bytes have moved so far."""


def upload(api: Api, path: Path, project: str, *, seen: Seen = lambda _: None) -> Json:
    """Send a file's bytes; returns its receipt, digest and size.

    Raises:
        Refused: it cannot be read, or the factory does not take it.
    """
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, 2)
            stream.seek(0)
            headers = {"Content-Length": str(size), "Content-Type": "application/octet-stream"}
            query = f"project={quote(project, safe='')}&filename={quote(path.name, safe='')}"
            sent = api.raw(
                "PUT", f"/bytes?{query}", content=_chunks(stream.read, seen), headers=headers, timeout=STORING_SECONDS
            )
    except OSError as error:
        raise Refused.because("file.unreadable", f"{path} cannot be read.", str(error)) from error
    receipt: Json = sent.json()
    return receipt


def download(api: Api, link: str, target: Path, *, seen: Seen = lambda _: None) -> None:
    """Write what a link stands for to `target`: it appears when it is whole, and is what its digest says.

    What came before a break stays beside it, and the next call goes on from there.

    Raises:
        Refused: by the factory, it broke off, it cannot be written, or its bytes are damaged.
    """
    try:
        _fetch(api, link, target, seen)
    except OSError as error:
        raise Refused.because("file.unwritable", f"{target} cannot be written.", str(error)) from error


def inside(folder: Path, path: str) -> Path:
    """Where a file of that relative path goes in a folder. Raises Refused: it would lie outside."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or any("\\" in part for part in parts):
        raise Refused.because("file.unsafe_path", f"“{path}” is no path inside a folder; it is left out.")
    return folder.joinpath(*parts)


def _fetch(api: Api, link: str, target: Path, seen: Seen) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with api.stream(link, seconds=SILENCE_SECONDS) as answer:
        digest = _digest_of(answer)
        part = target.with_name(f".{target.name}.{digest[:16] or 'new'}.part")
        begun = part.stat().st_size if digest and part.exists() else 0
        goes_on = 0 < begun < int(answer.headers.get("Content-Length", 0))
        if not goes_on:
            _write(answer, part, 0, seen, keep=bool(digest))
    if goes_on:
        with api.stream(link, seconds=SILENCE_SECONDS, headers={"Range": f"bytes={begun}-"}) as rest:
            is_rest = rest.status_code == httpx.codes.PARTIAL_CONTENT and _digest_of(rest) == digest
            _write(rest, part, begun if is_rest else 0, seen)
    _check(part, digest)
    part.replace(target)


def _write(answer: httpx.Response, part: Path, begun: int, seen: Seen, *, keep: bool = True) -> None:
    """Every piece as it comes; `keep` what came before a break."""
    try:
        with part.open("ab" if begun else "wb") as out:
            for piece in answer.iter_bytes():
                out.write(piece)
                seen(out.tell())
    except BaseException:
        if not keep:
            part.unlink(missing_ok=True)
        raise


def _check(part: Path, digest: str) -> None:
    """Raises Refused, and removes the bytes: they are not those that the digest names."""
    with part.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest and found != digest:
        part.unlink()
        raise Refused.because("download.damaged", "Other bytes came than were sent.", "Fetch it again.")


def _digest_of(answer: httpx.Response) -> str:
    """The SHA-256 that the factory names in the ETag; empty where it names none."""
    found = DIGEST.fullmatch(answer.headers.get("ETag", ""))
    return found[1] if found else ""


def _chunks(read: Callable[[int], bytes], seen: Seen) -> Iterator[bytes]:
    moved = 0
    while chunk := read(CHUNK):
        yield chunk
        moved += len(chunk)
        seen(moved)
