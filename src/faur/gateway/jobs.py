"""A job's state and log as server-sent events (HTML Living Standard, 9.2), for browsers and for `faur logs -f`."""

import codecs
import json
import time
from collections.abc import AsyncIterator
from http import HTTPStatus

from django.utils.translation import gettext as _
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from faur.gateway.callers import caller
from faur.gateway.database import in_database
from faur.gateway.problems import refusing
from faur.gateway.watch import JobWatch
from faur.kernel.errors import Invalid, Refusal
from faur.services.compute.hot import Glance, log_of, may_watch

ASK_AGAIN_SECONDS = 10.0
"""How long a watcher goes on seeing what they may no longer see."""


class OffsetInvalid(Invalid):
    """An offset into a log that is no number of bytes."""

    code = "log.offset_invalid"

    def __init__(self) -> None:
        super().__init__(_("The offset must be a whole number of bytes."), hint=_("Begin at 0."))


@refusing
async def job_events(request: Request) -> Response:
    """`GET /api/v1/jobs/{job}/events?offset=…`: `state` at every change, `end` once, and the log as it grows.

    The id of an event of the log is the offset after it: a browser that reconnects goes on where it was.
    """
    uid = request.path_params["job"]
    await _admit(request, uid)
    asked = request.headers.get("Last-Event-ID") or request.query_params.get("offset") or "0"
    if not (asked.isascii() and asked.isdecimal()) or len(asked) > 15:
        raise OffsetInvalid
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    events = _events(request, uid, int(asked))
    return StreamingResponse(events, status_code=HTTPStatus.OK, headers=headers, media_type="text/event-stream")


async def _admit(request: Request, uid: str) -> None:
    """Raises Unauthenticated, NotFound: the caller may not watch this job, or not any more."""
    await in_database(may_watch, await caller(request, by_session=True), uid)


async def _events(request: Request, uid: str, offset: int) -> AsyncIterator[bytes]:
    """What happens until the job ends, or until its watcher loses the right to see it."""
    watch: JobWatch = request.app.state.jobs
    last: Glance | None = None
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    ask_again = time.monotonic() + ASK_AGAIN_SECONDS
    async for glance in watch.looks(uid):
        if time.monotonic() > ask_again:
            try:
                await _admit(request, uid)
            except Refusal:
                return
            ask_again = time.monotonic() + ASK_AGAIN_SECONDS
        if glance != last:
            yield _event({"state": glance.state, "reason": glance.reason, "place": glance.queue_position}, name="state")
            last = glance
        part = await in_database(log_of, uid, offset)
        while part.content:
            offset = part.next_offset
            text = decoder.decode(part.content)
            yield _event(text, event_id=offset - len(decoder.getstate()[0]))
            part = await in_database(log_of, uid, offset)
    yield _event({"state": last.state if last else ""}, name="end")


def _event(data: object, *, name: str = "", event_id: int | None = None) -> bytes:
    lines = [f"event: {name}"] if name else []
    lines += [f"id: {event_id}"] if event_id is not None else []
    return ("\n".join([*lines, f"data: {json.dumps(data)}"]) + "\n\n").encode()
