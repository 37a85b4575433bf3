"""A request's body on its way into the store: flat memory, and a thread for each, so that none waits for another."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

from django.utils.translation import gettext as _
from starlette.requests import ClientDisconnect, Request

from faur.kernel.blobs import Stored, blobs
from faur.kernel.config import config
from faur.kernel.errors import Invalid
from faur.kernel.units import GIB, KIB

AT_ONCE = 64
PIECE = 256 * KIB
PIECE_SECONDS = 60.0
"""A sender who needs longer for one piece holds a thread for nothing, and is sent away."""
PATIENCE_SECONDS = 2 * PIECE_SECONDS
"""So long a thread waits for the loop, which answers sooner unless it has ended."""

_threads = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="upload")


class TooLarge(Invalid):
    """A file larger than this site takes."""

    code = "upload.too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self) -> None:
        super().__init__(
            _("A file may have %(gib)s GiB at most.") % {"gib": config().upload_limit_gib},
            hint=_("Split it, or ask the operator for a higher limit."),
        )


class Broken(Invalid):
    """The sender went away, or fell silent, before the end."""

    code = "upload.broken"
    status = HTTPStatus.BAD_REQUEST

    def __init__(self) -> None:
        super().__init__(_("The upload broke off; nothing of it was kept."), hint=_("Send the file again."))


async def stored_body(request: Request) -> Stored:
    """The whole body of the request in the store.

    Raises:
        Broken, TooLarge: and then nothing of it is kept.
    """
    limit = config().upload_limit_gib * GIB
    if int(request.headers.get("Content-Length") or 0) > limit:
        raise TooLarge
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, blobs().put, _Body(request, limit).pieces(loop))


class _Body:
    """What was not read yet of a body of at most `limit` bytes."""

    def __init__(self, request: Request, limit: int) -> None:
        self._stream = request.stream()
        self._left = limit

    def pieces(self, loop: asyncio.AbstractEventLoop) -> Iterator[bytes]:
        """The body as the store reads it in its own thread: it asks the loop for each piece when it wants it."""
        while piece := asyncio.run_coroutine_threadsafe(self._piece(), loop).result(PATIENCE_SECONDS):
            yield piece

    async def _piece(self) -> bytes:
        """The next bytes; none at the end."""
        taken = bytearray()
        try:
            async with asyncio.timeout(PIECE_SECONDS):
                while len(taken) < PIECE and (chunk := await anext(self._stream, None)) is not None:
                    taken += chunk
        except (ClientDisconnect, TimeoutError):
            raise Broken from None
        self._left -= len(taken)
        if self._left < 0:
            raise TooLarge
        return bytes(taken)
