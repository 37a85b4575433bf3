"""The REST API as the command line sees it: one address, one token, and refusals in plain words."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote

import httpx

from faur.cli.credentials import access
from faur.cli.refusal import UNREACHABLE, Refused

Json = dict[str, Any]  # Any: whatever the API's schema says
LARGEST_PAGE = 200
SECONDS = httpx.Timeout(60.0, connect=10.0)
UNAUTHENTICATED = "unauthenticated"


@dataclass(frozen=True, slots=True)
class Event:
    """A server-sent event (HTML Living Standard, 9.2)."""

    name: str
    id: str
    data: str


class Api:
    """Calls of one person to one factory. The token goes to that address and to no other."""

    def __init__(self, url: str, token: str = "", *, timeout: httpx.Timeout = SECONDS) -> None:
        """Raises Refused: no header can carry such a token."""
        if not (token.isascii() and token.isprintable()):
            raise Refused.because("credentials.no_token", "That is no token.", "One begins with `faur_`.")
        self.url = url.rstrip("/")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(
            base_url=self.url, headers=headers, timeout=timeout, trust_env=not _is_this_machine(self.url)
        )

    def get(self, path: str, **query: object) -> Json:
        """Raises Refused."""
        return _json(self.raw("GET", path, params=_known(query)))

    def all(self, path: str, **query: object) -> Iterator[Json]:
        """Every item of a paged list, a page at a time. Raises Refused."""
        page = 1
        while True:
            answer = self.get(path, page=page, size=LARGEST_PAGE, **query)
            yield from answer["items"]
            if page * answer["size"] >= answer["total"]:
                return
            page += 1

    def post(self, path: str, body: Mapping[str, Any] | None = None, *, key: str = "") -> Json:  # Any: JSON
        """Raises Refused. With `key`, an idempotency key, it is safe to repeat."""
        headers = {"Idempotency-Key": key} if key else {}
        return _json(self.raw("POST", path, json=body or {}, headers=headers))

    def patch(self, path: str, body: Mapping[str, Any]) -> Json:  # Any: JSON
        """Raises Refused."""
        return _json(self.raw("PATCH", path, json=body))

    def delete(self, path: str) -> None:
        """Raises Refused."""
        self.raw("DELETE", path)

    def raw(self, method: str, path: str, **options: Any) -> httpx.Response:  # Any: options of httpx
        """One answer as it is, for what is not JSON. Raises Refused."""
        with self._refusing():
            return _agreed(self._http.request(method, self._address(path), **options), self)

    @contextmanager
    def stream(self, path: str, *, seconds: float, **options: Any) -> Iterator[httpx.Response]:  # Any: as above
        """An answer whose bytes are read as they come, with `seconds` of silence at most; Refused when it breaks off.

        It may lead elsewhere, to a store of bytes for instance: the token stays behind then.
        """
        wait = httpx.Timeout(60.0, connect=10.0, read=seconds)
        with (
            self._refusing(),
            self._http.stream("GET", self._address(path), timeout=wait, follow_redirects=True, **options) as answer,
        ):
            if not answer.is_success:
                answer.read()
            yield _agreed(answer, self)

    def events(self, path: str, *, last: str, seconds: float) -> Iterator[Event]:
        """Server-sent events after the one with the id `last`, until the factory has no more. Raises Refused."""
        headers = {"Accept": "text/event-stream", **({"Last-Event-ID": last} if last else {})}
        with self.stream(path, seconds=seconds, headers=headers) as answer:
            if not answer.headers.get("Content-Type", "").startswith("text/event-stream"):
                raise _not_faur(self.url)
            yield from _events(answer.iter_lines())

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except httpx.InvalidURL as error:
            raise Refused.because("not_found", "There is no such thing.", str(error)) from error
        except httpx.HTTPError as error:
            raise _silence(self.url, error) from error

    def _address(self, path: str) -> str:
        if path.startswith(("http:", "https:", "//")):
            raise Refused.because(
                "address.elsewhere", f"{path} may lie elsewhere than {self.url}.", "No token is sent to it."
            )
        return path if path.startswith(("/api/", "/v2/")) else f"/api/v1{path}"


def connect() -> Api:
    """The API by `FAUR_URL` and `FAUR_TOKEN`, else by the last login. Raises Refused."""
    mine = access()
    return Api(mine.url, mine.token)


def at(*parts: str) -> str:
    """A path of the API: `at("jobs", job, "cancel")`. Whatever a person gave stays one part of it."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


def _known(query: Mapping[str, object]) -> list[tuple[str, str]]:
    """The query without what was not said; a list becomes several of one name."""
    said = ((name, value) for name, value in query.items() if value not in (None, ""))
    return [(name, str(one)) for name, value in said for one in (value if isinstance(value, list) else [value])]


def _is_this_machine(url: str) -> bool:
    """Whether the address is a loopback one: no proxy has anything to do with it."""
    host = httpx.URL(url).host
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _events(lines: Iterator[str]) -> Iterator[Event]:
    name, identity, data = "", "", list[str]()
    for line in lines:
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not line and data:
            yield Event(name or "message", identity, "\n".join(data))
        if not line:
            name, data = "", []
        elif field == "data":
            data.append(value)
        elif field == "event":
            name = value
        elif field == "id":
            identity = value


def _json(answer: httpx.Response) -> Json:
    try:
        document = answer.json() if answer.content else {}
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise _not_faur(str(answer.url))
    return document


def _agreed(answer: httpx.Response, api: Api) -> httpx.Response:
    """The answer, where it is no refusal. Raises Refused."""
    if answer.is_success:
        return answer
    if answer.is_redirect:
        place = answer.headers.get("Location", "elsewhere")
        raise Refused.because("moved", f"{api.url} sends us to {place}.", "Log in there: `faur login --url …`.")
    raise _refusal(answer, api)


def _refusal(answer: httpx.Response, api: Api) -> Refused:
    try:
        document = answer.json()
    except ValueError:
        document = None
    if not isinstance(document, dict) or "title" not in document:
        return Refused({**_not_faur(api.url).document, "status": answer.status_code})
    if document.get("code") == UNAUTHENTICATED:
        document["hint"] = f"Log in: `faur login --url {api.url}`. A token ends when it expires or is revoked."
    return Refused({"status": answer.status_code, **document})


def _not_faur(url: str) -> Refused:
    return Refused.because("unexpected", f"{url} did not answer as a factory does.", "Is the address right?")


def _silence(url: str, error: Exception) -> Refused:
    hint = "Is it running (`faur up`), and is the address right (`faur login --url …`)?"
    return Refused({**Refused.because(UNREACHABLE, f"{url} does not answer.", hint).document, "detail": str(error)})
