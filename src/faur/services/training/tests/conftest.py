"""A factory with a local cluster and published data, for the tests of training."""

import pytest

from faur.services.compute.tests.conftest import live_world, scheduler, world
from faur.services.training.tests.world import publish

__all__ = ["live_version", "live_world", "scheduler", "version", "world"]


@pytest.fixture
def version(world, tmp_path):
    return publish(world, tmp_path)


@pytest.fixture
def live_version(live_world, tmp_path):
    return publish(live_world, tmp_path)
