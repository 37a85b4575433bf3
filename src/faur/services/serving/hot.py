"""What the gateway must know at every request: endpoints and keys in memory, and usage counted in batches.

Refreshed when `TableVersion` grows, looked at twice a second: a revoked key opens nothing after a second.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from faur.kernel import clock
from faur.kernel.actors.actor import SYSTEM
from faur.kernel.actors.models import digest_of
from faur.services.serving.actions.note_engine import endpoint_failed, endpoint_ready
from faur.services.serving.errors import EndpointNotReady, EndpointUnknown, KeyExpired, KeyRevoked, KeyUnknown
from faur.services.serving.models import Endpoint, Key, TableVersion, UsageWindow
from faur.services.serving.ports import EngineKind

__all__ = [
    "Doors",
    "EndpointNotReady",
    "EndpointUnknown",
    "Entrance",
    "KeyUnknown",
    "Meter",
    "Opened",
    "note_failed",
    "note_ready",
    "write_usage",
]

A_CLOCK_SET_BACK = timedelta(minutes=2)
"""So long is a minute that is over still known: it would begin anew, and its row be written over."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An endpoint as the gateway sees it."""

    pk: int
    uid: str
    name: str
    state: str
    manifest: str
    format: str
    files: tuple[tuple[str, str], ...]
    """Path and digest of each of the model's files."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """A key as the gateway sees it."""

    pk: int
    endpoint: str
    expires_at: datetime
    revoked: bool


@dataclass(slots=True)
class Doors:
    """The table in memory: which key opens which endpoint."""

    version: int = -1
    endpoints: dict[str, Opened] = field(default_factory=dict)
    keys: dict[str, Entrance] = field(default_factory=dict)

    def refresh(self) -> bool:
        """Read the tables anew if they changed; whether they did. Blocking: call it in a thread."""
        number = TableVersion.current()
        if number == self.version:
            return False
        wanted = list(Endpoint.objects.wanted())
        self.endpoints = {endpoint.name: _opened(endpoint) for endpoint in wanted}
        keys = Key.objects.filter(endpoint__in=[endpoint.pk for endpoint in wanted]).select_related("endpoint")
        self.keys = {key.digest: _entrance(key) for key in keys}
        self.version = number
        return True

    def enter(self, name: str, secret: str) -> tuple[Opened, Entrance]:
        """The endpoint that this secret opens under this name.

        Raises:
            KeyUnknown, KeyExpired, KeyRevoked: the secret opens nothing (any more).
            EndpointUnknown: there is no such endpoint, or the key is of another.
        """
        entrance = self.keys.get(digest_of(secret)) if secret else None
        if entrance is None:
            raise KeyUnknown
        if entrance.revoked:
            raise KeyRevoked
        if entrance.expires_at <= clock.now():
            raise KeyExpired
        opened = self.endpoints.get(name)
        if opened is None or entrance.endpoint != opened.uid:
            raise EndpointUnknown
        return opened, entrance


@dataclass(slots=True)
class Count:
    requests: int = 0
    rows: int = 0
    errors: int = 0


@dataclass(slots=True)
class Meter:
    """Usage counted in memory and written every second: what a crash loses is in the user's favour.

    A key has one row a minute, which is written as it is by then, so that writing it again counts nothing twice.
    """

    uid: uuid.UUID = field(default_factory=uuid.uuid4)
    counts: dict[tuple[int, datetime], Count] = field(default_factory=lambda: defaultdict(Count))
    changed: set[tuple[int, datetime]] = field(default_factory=set)

    def count(self, entrance: Entrance, *, rows: int, failed: bool) -> None:
        place = entrance.pk, _minute()
        count = self.counts[place]
        count.requests += 1
        count.rows += rows
        count.errors += failed
        self.changed.add(place)

    def take(self) -> list[UsageWindow]:
        """The rows that changed since the last time, to be written before any that are taken later."""
        windows = [self._window(key, minute) for key, minute in sorted(self.changed)]
        self.changed.clear()
        lately = _minute() - A_CLOCK_SET_BACK
        for place in [place for place in self.counts if place[1] < lately]:
            del self.counts[place]
        return windows

    def _window(self, key: int, minute: datetime) -> UsageWindow:
        count = self.counts[key, minute]
        batch = uuid.uuid5(self.uid, f"{key} {minute.isoformat()}").hex
        return UsageWindow(
            key_id=key, batch=batch, minute=minute, requests=count.requests, rows=count.rows, errors=count.errors
        )


def write_usage(windows: list[UsageWindow]) -> None:
    """Blocking: call it in a thread."""
    UsageWindow.objects.bulk_create(
        windows, update_conflicts=True, unique_fields=["batch"], update_fields=["requests", "rows", "errors"]
    )


def _minute() -> datetime:
    return clock.now().replace(second=0, microsecond=0)


def _opened(endpoint: Endpoint) -> Opened:
    version = endpoint.model_version
    files = tuple((file["path"], file["digest"]) for file in version.files)
    return Opened(endpoint.pk, endpoint.uid, endpoint.name, endpoint.state, version.manifest, version.format, files)


def _entrance(key: Key) -> Entrance:
    return Entrance(key.pk, key.endpoint.uid, key.expires_at, key.revoked_at is not None)


def note_ready(uid: str, kind: EngineKind) -> None:
    """Write down that an engine answers, unless that is known. Blocking: call it in a thread."""
    with transaction.atomic():
        endpoint = Endpoint.objects.held(uid)
        if endpoint is not None and endpoint.state == Endpoint.State.STARTING:
            engine = {"name": kind.name, "protocol": kind.protocol, "hardware": kind.hardware}
            endpoint_ready(SYSTEM, endpoint, engine=engine)


def note_failed(uid: str, message: str) -> bool:
    """Write down why an engine cannot serve; whether that is the end of it. Blocking: call it in a thread.

    What answered once is tried again: its bytes are the same, and only the machine can be at fault.
    """
    with transaction.atomic():
        endpoint = Endpoint.objects.held(uid)
        if endpoint is not None and endpoint.state == Endpoint.State.STARTING:
            endpoint_failed(SYSTEM, endpoint, message=message)
        return endpoint is None or endpoint.state != Endpoint.State.READY
