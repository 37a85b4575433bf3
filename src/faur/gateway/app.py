"""The site's outer application: the hot paths first, then whatever lies behind them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from faur.gateway import bytes as moving
from faur.gateway import inference, jobs
from faur.gateway.engines import Engines
from faur.gateway.watch import JobWatch


@asynccontextmanager
async def _lifespan(application: Starlette) -> AsyncIterator[None]:
    """Engines and watchers live as long as the server."""
    async with AsyncExitStack() as living:
        application.state.engines = await living.enter_async_context(Engines())
        application.state.jobs = await living.enter_async_context(JobWatch())
        yield


def make_application(*, behind: ASGIApp) -> Starlette:
    routes = [
        Route("/api/v1/bytes", moving.put_bytes, methods=["PUT"]),
        Route("/api/v1/bytes/{token}", moving.get_bytes, methods=["GET"]),
        Route("/api/v1/jobs/{job}/events", jobs.job_events, methods=["GET"]),
        Route("/v2", inference.server_metadata, methods=["GET"]),
        Route("/v2/health/live", inference.live, methods=["GET"]),
        Route("/v2/health/ready", inference.ready, methods=["GET"]),
        Route("/v2/models/{name}", inference.ask, methods=["GET"]),
        Route("/v2/models/{name}/ready", inference.ask, methods=["GET"]),
        Route("/v2/models/{name}/infer", inference.infer, methods=["POST"]),
        Mount("/", behind),
    ]
    return Starlette(routes=routes, lifespan=_lifespan)
