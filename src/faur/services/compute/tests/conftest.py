"""A factory with a local cluster, for the tests of compute."""

import pytest

from faur.services.compute.tests.world import World, make_world, wired_adapters


@pytest.fixture
def scheduler(tmp_path):
    with wired_adapters(tmp_path) as scheduler:
        yield scheduler


@pytest.fixture
def world(db, scheduler) -> World:
    return make_world()


@pytest.fixture
def live_world(transactional_db, scheduler) -> World:
    """A factory whose rows other threads see."""
    return make_world()
