"""The clusters that the contract of schedulers is asked of."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from faur.adapters.local.bubblewrap import find_bubblewrap
from tests.contracts.cluster import PLAIN, SANDBOXED, Cluster


@pytest.fixture(params=[pytest.param(SANDBOXED, marks=pytest.mark.sandbox), PLAIN])
async def cluster(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Cluster]:
    """A cluster of each kind; nothing of it runs on afterwards."""
    async with _opened(request.param, tmp_path) as cluster:
        yield cluster


@pytest.fixture
async def sandboxed(tmp_path: Path) -> AsyncIterator[Cluster]:
    """A cluster whose jobs see nothing but what is theirs."""
    async with _opened(SANDBOXED, tmp_path) as cluster:
        yield cluster


@asynccontextmanager
async def _opened(kind: str, folder: Path) -> AsyncIterator[Cluster]:
    found, why_not = find_bubblewrap(Path(sys.executable))
    if kind == SANDBOXED and found is None:
        pytest.skip(why_not)
    cluster = Cluster(kind, folder)
    yield cluster
    await cluster.clear()
