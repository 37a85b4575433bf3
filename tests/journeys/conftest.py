"""One factory a run in which the road was walked: the journeys, the permissions and the fuzzing look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.asking import Asker
from tests.journeys.browsing import Browser, opened_browser
from tests.journeys.copies import copied, inside
from tests.journeys.factory import Walked, walked_factory
from tests.journeys.people import World, peopled


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that needs the walked factory runs in one worker; first what looks at a copy of it, as it was walked."""
    for item in items:
        if item.get_closest_marker("road"):
            item.add_marker(pytest.mark.xdist_group("road"))
    items.sort(key=lambda item: "asker" not in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    with walked_factory(Path(tmp_path_factory.mktemp("road")) / "home") as factory:
        yield factory


@pytest.fixture(scope="session")
def world(walked: Walked) -> World:
    """The walked factory, with people in every role and a second project."""
    return peopled(walked)


@pytest.fixture(scope="module")
def asker(world: World, tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Iterator[Asker]:
    """Asks a copy of that factory, in this process: what is done to it does not touch the factory itself."""
    home = copied(world.walked.home, tmp_path_factory.mktemp("copy") / "home")
    with django_db_blocker.unblock(), inside(home):
        yield Asker(world)


@pytest.fixture(scope="session")
def browser(world: World) -> Iterator[Browser]:
    """A Chromium that looks at the walked factory."""
    with opened_browser(world) as opened:
        yield opened
