"""A factory with published data and a run that ended with a model, for the tests of the registry."""

import pytest

from faur.services.models.tests.world import ended_run, registered
from faur.services.training.tests.conftest import live_world, scheduler, version, world

__all__ = ["live_world", "model_version", "run", "scheduler", "version", "world"]


@pytest.fixture
def run(world, version):
    return ended_run(world, version)


@pytest.fixture
def model_version(world, run):
    return registered(world, run)
