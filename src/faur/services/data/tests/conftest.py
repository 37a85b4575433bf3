"""Ana leads one project, Mihai another; both have a data set's worth of rights in their own."""

import pytest

from faur.services.data.tests import world


@pytest.fixture
def ana(db):
    return world.person()


@pytest.fixture
def place(ana):
    return world.project(ana).project


@pytest.fixture
def mihai(db):
    return world.person("Mihai")


@pytest.fixture
def elsewhere(mihai):
    return world.project(mihai).project
