"""Bytes to a walked factory as no library would send them, and what comes back."""

import socket
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from tests.journeys.factory import Walked


def connected(walked: Walked) -> socket.socket:
    address = urlsplit(walked.url)
    return socket.create_connection((address.hostname, address.port), timeout=20)


def head(walked: Walked, method: str, path: str, **headers: str) -> bytes:
    """The beginning of a request, up to its body. Underscores in names stand for hyphens."""
    host = {"Host": urlsplit(walked.url).netloc}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in {**host, **headers}.items()]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode("latin-1")


def answered(walked: Walked, request: bytes) -> bytes:
    """All that is answered until the factory closes the connection, or falls silent for a second."""
    with closing(connected(walked)) as line:
        line.sendall(request)
        line.settimeout(1)
        found = b""
        try:
            while part := line.recv(65536):
                found += part
        except (TimeoutError, ConnectionResetError):
            pass
        return found


def statuses(answer: bytes) -> list[int]:
    """The status of each answer on the connection."""
    return [int(part.split(b" ", 1)[0]) for part in answer.split(b"HTTP/1.1 ")[1:]]


def kept_bytes(home: Path) -> set[Path]:
    """The files of all blobs, those on their way in included."""
    return {path for path in (home / "blobs").rglob("*") if path.is_file()}
