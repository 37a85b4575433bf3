"""The people of the front office, and a call that takes applications."""

import pytest

from faur.services.access.tests import world


@pytest.fixture
def olga(db):
    return world.operator()


@pytest.fixture
def eva(db):
    return world.evaluator()


@pytest.fixture
def ana(db):
    return world.person()


@pytest.fixture
def call(olga):
    return world.call(olga)
