"""One factory a run in which the road was walked: the journeys, the permissions and the fuzzing look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.factory import Walked, walked_factory


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that needs the walked factory runs in one worker."""
    for item in items:
        if item.get_closest_marker("road"):
            item.add_marker(pytest.mark.xdist_group("road"))


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    with walked_factory(Path(tmp_path_factory.mktemp("road")) / "home") as factory:
        yield factory
