"""The site's outer application: the hot paths first, then whatever lies behind them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from django.conf import settings
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from faur.gateway import bytes as moving
from faur.gateway import inference, jobs
from faur.gateway.bounds import Bounded, OneLength
from faur.gateway.engines import Engines
from faur.gateway.problems import Handler, refusing
from faur.gateway.watch import JobWatch
from faur.kernel.errors import MethodNotAllowed

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


@asynccontextmanager
async def _lifespan(application: Starlette) -> AsyncIterator[None]:
    """Engines and watchers live as long as the server."""
    async with AsyncExitStack() as living:
        application.state.engines = await living.enter_async_context(Engines())
        application.state.jobs = await living.enter_async_context(JobWatch())
        yield


HOT: tuple[tuple[str, str, Handler], ...] = (
    ("PUT", "/api/v1/bytes", moving.put_bytes),
    ("GET", "/api/v1/bytes/{token}", moving.get_bytes),
    ("GET", "/api/v1/jobs/{job}/events", jobs.job_events),
    ("GET", "/v2", inference.server_metadata),
    ("GET", "/v2/health/live", inference.live),
    ("GET", "/v2/health/ready", inference.ready),
    ("GET", "/v2/models/{name}", inference.ask),
    ("GET", "/v2/models/{name}/ready", inference.ask),
    ("POST", "/v2/models/{name}/infer", inference.infer),
)


def make_application(*, behind: ASGIApp) -> Starlette:
    hot = [Route(path, handler, methods=[method]) for method, path, handler in HOT]
    others = [Route(path, _not_that_method(method), methods=METHODS) for method, path, _handler in HOT]
    application = Starlette(routes=[*hot, *others], lifespan=_lifespan, middleware=[Middleware(OneLength)])
    application.router.default = Bounded(behind, most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    application.router.redirect_slashes = False
    return application


def _not_that_method(method: str) -> Handler:
    """A handler for whatever else is asked of an address that knows one method."""

    @refusing
    async def refuse(request: Request) -> Response:
        raise MethodNotAllowed

    async def handle(request: Request) -> Response:
        response = await refuse(request)
        response.headers["Allow"] = method
        return response

    return handle
