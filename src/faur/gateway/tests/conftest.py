"""A gateway in this process, on a store and a local cluster of its own."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from faur.gateway.app import make_application
from faur.kernel.actors.models import Token, User
from faur.services.compute.tests.conftest import live_world, scheduler
from faur.services.compute.tests.world import World

__all__ = ["client", "gateway", "live_world", "scheduler", "token_of"]


async def _nothing_behind(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise AssertionError("the gateway answers this itself")


@pytest.fixture
async def gateway(live_world: World) -> AsyncIterator[httpx.ASGITransport]:
    """The application with its engines and watchers; it stops them at the end."""
    application = make_application(behind=_nothing_behind)
    async with application.router.lifespan_context(application):
        yield httpx.ASGITransport(application)


@pytest.fixture
async def client(gateway: httpx.ASGITransport) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=gateway, base_url="http://gateway") as client:
        yield client


@pytest.fixture
def token_of(transactional_db: None) -> Callable[[str], dict[str, str]]:
    """The header with a token of the person of this uid."""

    def header(uid: str) -> dict[str, str]:
        _token, secret = Token.issue(User.objects.get(uid=uid), "test", None)
        return {"Authorization": f"Bearer {secret}"}

    return header
