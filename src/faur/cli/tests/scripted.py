"""A server on the loopback that answers as it was told to: what a factory may do to the command line, on purpose."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True)
class Asked:
    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Answer:
    """`cut`: the connection breaks after so many bytes of the body."""

    body: bytes | dict[str, Any] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None


Answering = Answer | Callable[[Asked], Answer]


class Scripted:
    """`says[method, path]` is what it answers, a list one after the other; `asked` is all that it was asked."""

    def __init__(self) -> None:
        self.says: dict[tuple[str, str], Answering | list[Answering]] = {}
        self.asked: list[Asked] = []
        self.url = ""

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        said = self.says.get((asked.method, asked.path), refusal(404, "not_found"))
        if isinstance(said, list):
            said = said.pop(0) if len(said) > 1 else said[0]
        return said(asked) if callable(said) else said


def refusal(status: int, code: str, **more: Any) -> Answer:
    document = {"type": f"urn:faur:problem:{code}", "title": "No.", "status": status, "code": code, "hint": "", **more}
    return Answer(document, status, {"Content-Type": "application/problem+json"})


@contextmanager
def scripted() -> Iterator[Scripted]:
    script = Scripted()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(script))
    script.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(script: Scripted) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = script.answer(Asked(self.command, parts.path, parse_qs(parts.query), headers, body))
            content = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(content)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content[: answer.cut])
            self.close_connection = answer.cut is not None

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_one  # noqa: N815 - names of http.server

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal of who runs the tests."""

    return Handler
