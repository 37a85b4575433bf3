"""Refusals on the hot paths, in the same words and codes as everywhere else."""

from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from faur.kernel.errors import Refusal
from faur.kernel.problems import MEDIA_TYPE, as_document, headers_of, refusal_for

Handler = Callable[..., Awaitable[Response]]


class ProblemResponse(JSONResponse):
    """Problem details by RFC 9457; `error` besides, which is where the Open Inference Protocol has its message."""

    media_type = MEDIA_TYPE

    def __init__(self, refusal: Refusal, request: Request) -> None:
        document = {**as_document(refusal), "error": refusal.message, "instance": request.url.path}
        super().__init__(document, status_code=refusal.status, headers=headers_of(refusal))


def refusing(handler: Handler) -> Handler:
    """Let a handler raise refusals; anything else it raises is a defect, logged and answered as one."""

    @wraps(handler)
    async def handle(request: Request, **known: Any) -> Response:  # Any: what the caller binds
        try:
            return await handler(request, **known)
        except ClientDisconnect:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        except Exception as error:
            return ProblemResponse(refusal_for(error, request.url.path), request)

    return handle
