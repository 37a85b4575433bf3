"""A factory with a promoted version, for the tests of serving."""

import pytest

from faur.services.serving.tests.world import opened, promoted
from faur.services.training.tests.conftest import live_version, live_world, scheduler, version, world

__all__ = ["endpoint", "live_version", "live_world", "model_version", "scheduler", "version", "world"]


@pytest.fixture
def model_version(world, version):
    return promoted(world, version)


@pytest.fixture
def endpoint(world, model_version):
    return opened(world, model_version)
