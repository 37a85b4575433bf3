"""The people of the front office, and a call that takes applications."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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


@pytest.fixture
def visit(client):
    """Goes to a page as a person, or as nobody: `visit(ana, "/calls/")`; with a form, sends it."""

    def go(user, path, form=None):
        client.logout()
        if user is not None:
            client.force_login(user)
        with CaptureQueriesContext(connection) as ran:
            shown = client.get(path) if form is None else client.post(path, form)
        assert len(ran) <= world.MOST_QUERIES or form is not None, [query["sql"][:100] for query in ran]
        return shown

    return go
