"""A factory with thresholds that were there first, a registered model and data kept apart, for the tests of trust."""

import pytest

from faur.kernel.actors.models import User
from faur.services.models.tests.world import ended_run, registered
from faur.services.training.tests.conftest import live_version, live_world, scheduler, version, world
from faur.services.trust.tests.world import committed, held_out

__all__ = ["data", "live_version", "live_world", "model_version", "scheduler", "thresholds", "version", "world"]


@pytest.fixture
def thresholds(world):
    return committed(world)


@pytest.fixture
def model_version(world, thresholds, version):
    return registered(world, ended_run(world, version))


@pytest.fixture
def data(world, tmp_path):
    return held_out(world, tmp_path)


@pytest.fixture
def person(client, world):
    client.force_login(User.objects.get(uid=world.lead.uid))
    return client
