"""Ana leads one project, Mihai another; both have a data set's worth of rights in their own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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


@pytest.fixture
def visit(client):
    """Goes to a page as a person, or as nobody: `visit(ana, "/datasets/")`; with a form, sends it."""

    def go(user, path, form=None):
        client.logout()
        if user is not None:
            client.force_login(user)
        with CaptureQueriesContext(connection) as ran:
            shown = client.get(path) if form is None else client.post(path, form)
        assert len(ran) <= world.MOST_QUERIES or form is not None, [query["sql"][:100] for query in ran]
        return shown

    return go
