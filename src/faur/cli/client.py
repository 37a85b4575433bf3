"""The REST API as the command line sees it: one address, one token, and refusals in plain words."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from platformdirs import user_config_path

DEFAULT_URL = "http://127.0.0.1:8000"
Json = dict[str, Any]  # Any: whatever the API's schema says
CHUNK = 1 << 20


class Refused(Exception):  # noqa: N818 - the API's answer, not a failure of the program
    """The API said no: its problem document, or that it does not answer at all."""

    def __init__(self, document: Mapping[str, Any]) -> None:  # Any: a JSON document
        super().__init__(document.get("title", "refused"))
        self.document = document
        self.code = str(document.get("code", "refused"))
        self.status = int(document.get("status", 0))

    def in_words(self) -> str:
        lines = [str(self.document.get("title", "Refused."))]
        lines += [f"  {field}: {message}" for field, message in self.document.get("fields", {}).items()]
        if hint := self.document.get("hint"):
            lines.append(str(hint))
        return "\n".join([*lines, f"({self.code})"])


class Api:
    """Calls of one person to one factory. Safe to repeat: a POST carries an idempotency key where one is given."""

    def __init__(self, url: str, token: str = "", *, timeout: float = 60.0) -> None:
        self.url = url.rstrip("/")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(base_url=self.url, headers=headers, timeout=timeout, follow_redirects=True)

    def get(self, path: str, **query: object) -> Json:
        """Raises Refused."""
        known = {key: str(value) for key, value in query.items() if value is not None}
        return self._json(self._send("GET", path, params=known))

    def all(self, path: str, **query: object) -> Iterator[Json]:
        """Every item of a paged list, a page at a time."""
        page = 1
        while True:
            answer = self.get(path, page=page, size=200, **query)
            yield from answer["items"]
            if page * answer["size"] >= answer["total"]:
                return
            page += 1

    def post(self, path: str, body: Mapping[str, Any] | None = None, *, key: str = "") -> Json:  # Any: JSON
        """Raises Refused."""
        headers = {"Idempotency-Key": key} if key else {}
        return self._json(self._send("POST", path, json=body or {}, headers=headers))

    def patch(self, path: str, body: Mapping[str, Any]) -> Json:  # Any: JSON
        return self._json(self._send("PATCH", path, json=body))

    def delete(self, path: str) -> None:
        self._send("DELETE", path)

    def upload(self, path: Path, project: str) -> Json:
        """Stream a file's bytes; returns its receipt, digest and size. Raises Refused."""
        query = f"project={quote(project)}&filename={quote(path.name)}"
        with path.open("rb") as stream:
            chunks = iter(lambda: stream.read(CHUNK), b"")
            headers = {"Content-Length": str(path.stat().st_size), "Content-Type": "application/octet-stream"}
            return self._json(self._send("PUT", f"/bytes?{query}", content=chunks, headers=headers, timeout=None))

    def download(self, path: str, target: Path) -> None:
        """Write an answer's bytes to `target`, all or nothing. Raises Refused."""
        made = target.with_name(target.name + ".part")
        with self._http.stream("GET", self._address(path), timeout=None) as answer:
            if answer.is_error:
                answer.read()
                raise _refusal(answer)
            with made.open("wb") as out:
                for chunk in answer.iter_bytes(CHUNK):
                    out.write(chunk)
        made.replace(target)

    def raw(self, method: str, path: str, **options: Any) -> httpx.Response:  # Any: options of httpx
        """One answer as it is, for what is not JSON. Raises Refused."""
        return self._send(method, path, **options)

    def _send(self, method: str, path: str, **options: Any) -> httpx.Response:  # Any: options of httpx
        try:
            answer = self._http.request(method, self._address(path), **options)
        except httpx.HTTPError as error:
            raise Refused(_silence(self.url, error)) from error
        if answer.is_error:
            raise _refusal(answer)
        return answer

    def _address(self, path: str) -> str:
        return path if path.startswith(("http://", "https://", "/api/", "/v2")) else f"/api/v1{path}"

    @staticmethod
    def _json(answer: httpx.Response) -> Json:
        return dict(answer.json()) if answer.content else {}


def _silence(url: str, error: Exception) -> Json:
    return {
        "title": f"The factory at {url} does not answer.",
        "hint": "Is it running (`faur up`), and is the address right (`faur login --url …`)?",
        "code": "unreachable",
        "detail": str(error),
    }


def _refusal(answer: httpx.Response) -> Refused:
    try:
        document = answer.json()
    except ValueError:
        document = {"title": f"The factory answered {answer.status_code}.", "code": "unexpected"}
    if not isinstance(document, dict) or "title" not in document:
        document = {"title": str(document), "code": "unexpected"}
    return Refused({"status": answer.status_code, **document})


def credentials_path() -> Path:
    return Path(os.environ.get("FAUR_CREDENTIALS") or user_config_path("faur") / "credentials.json")


def saved_credentials() -> dict[str, str]:
    """`url` and `token` of the last login; empty where there was none."""
    path = credentials_path()
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def save_credentials(credentials: Mapping[str, str]) -> None:
    """Keep them where only their owner can read them."""
    path = credentials_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = path.with_suffix(".new")
    made.touch(mode=0o600)
    made.write_text(json.dumps(dict(credentials)), encoding="utf-8")
    made.replace(path)


def connect() -> Api:
    """The API by `FAUR_URL` and `FAUR_TOKEN`, else by the last login."""
    saved = saved_credentials()
    url = os.environ.get("FAUR_URL") or saved.get("url") or DEFAULT_URL
    return Api(url, os.environ.get("FAUR_TOKEN") or saved.get("token", ""))
