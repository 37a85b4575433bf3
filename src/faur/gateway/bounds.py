"""What a request may be before anybody looks what it wants: of one length, and of a bounded one where it is kept."""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from faur.gateway.problems import ProblemResponse
from faur.kernel.problems import BodyTooLarge, Unreadable


class Bounded:
    """Passes requests on whose body has at most `most` bytes, whatever they declared; refuses others.

    What lies behind would write bodies of any length to the disk before it asks who sends them.
    """

    def __init__(self, behind: ASGIApp, *, most: int) -> None:
        self._behind = behind
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            if int(request.headers.get("Content-Length") or 0) > self._most:
                raise BodyTooLarge
            await self._behind(scope, self._counted(receive), send)
        except BodyTooLarge as refusal:
            await ProblemResponse(refusal, request)(scope, receive, send)

    def _counted(self, receive: Receive) -> Receive:
        left = self._most

        async def received() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise BodyTooLarge
            return message

        return received


class OneLength:
    """Refuses a request that says its length in two ways, and closes: a proxy in front may have read the other one.

    Source: RFC 9112, 6.1 and 6.3.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        names = {name.lower() for name, _value in scope.get("headers", ())}
        if not {b"content-length", b"transfer-encoding"} <= names:
            return await self._app(scope, receive, send)
        response = ProblemResponse(Unreadable(), Request(scope))
        response.headers["Connection"] = "close"
        return await response(scope, receive, send)
