"""Predictions by the KServe Open Inference Protocol v2: a key opens an endpoint, an engine answers.

Source: https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol
"""

import json
from http import HTTPStatus

from django.utils.translation import gettext as _
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from faur import __version__
from faur.gateway.callers import bearer_of
from faur.gateway.engines import Engines
from faur.gateway.problems import refusing
from faur.kernel.errors import Invalid
from faur.kernel.units import MIB
from faur.services.serving.hot import EndpointUnknown, Entrance, KeyUnknown, Opened

LARGEST_BODY = 16 * MIB


class BodyTooLarge(Invalid):
    """A request for predictions larger than the gateway reads."""

    code = "inference.too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self) -> None:
        super().__init__(
            _("A request may have %(mib)s MiB at most.") % {"mib": LARGEST_BODY // MIB},
            hint=_("Send fewer rows at a time."),
        )


async def server_metadata(request: Request) -> Response:
    """What answers here."""
    return JSONResponse({"name": "faur", "version": __version__, "extensions": []})


async def live(request: Request) -> Response:
    """Whether the gateway runs at all."""
    return JSONResponse({"live": True})


async def ready(request: Request) -> Response:
    """Whether the gateway has read its table of keys and endpoints; each endpoint has a state of its own."""
    is_ready = _engines(request).doors.version >= 0
    return JSONResponse({"ready": is_ready}, HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE)


@refusing
async def ask(request: Request) -> Response:
    """Metadata or readiness of one endpoint, as its engine tells it."""
    opened, _entrance = await _enter(request)
    answer = await _engines(request).forward(opened, "GET", request.url.path, b"")
    return _as_it_came(answer.status, answer.body, opened)


@refusing
async def infer(request: Request) -> Response:
    """`POST /v2/models/{name}/infer`: counted whether it succeeds or not, kept nowhere."""
    engines = _engines(request)
    opened, entrance = await _enter(request)
    body = await _body(request)
    answer = await engines.forward(opened, "POST", request.url.path, body)
    failed = answer.status >= HTTPStatus.BAD_REQUEST
    engines.meter.count(entrance, rows=0 if failed else _rows(answer.body), failed=failed)
    return _as_it_came(answer.status, answer.body, opened)


async def _enter(request: Request) -> tuple[Opened, Entrance]:
    """The endpoint that the caller's key opens; a key or an endpoint of this very second is looked up at once."""
    engines, name, secret = _engines(request), request.path_params["name"], bearer_of(request)
    try:
        return engines.doors.enter(name, secret)
    except (KeyUnknown, EndpointUnknown):
        await engines.look_now()
        return engines.doors.enter(name, secret)


def _engines(request: Request) -> Engines:
    engines: Engines = request.app.state.engines
    return engines


async def _body(request: Request) -> bytes:
    """Raises BodyTooLarge, before more than the limit is in memory."""
    taken = bytearray()
    async for chunk in request.stream():
        taken += chunk
        if len(taken) > LARGEST_BODY:
            raise BodyTooLarge
    return bytes(taken)


def _rows(answer: bytes) -> int:
    """How many rows were predicted: the first dimension of the first output."""
    outputs = json.loads(answer).get("outputs") or [{}]
    shape = outputs[0].get("shape") or [0]
    return int(shape[0])


def _as_it_came(status: int, body: bytes, opened: Opened) -> Response:
    """The engine's answer, with the digest of the model that gave it."""
    headers = {"Faur-Endpoint": opened.uid, "Faur-Model-Digest": opened.manifest}
    return Response(body, status_code=status, headers=headers, media_type="application/json")
