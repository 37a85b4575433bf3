"""Who may do what: every route of the API and every page, for everybody who may stand before it.

The table is `permissions.toml`. A route that is not in it, or that it names and nobody has, fails a test.
"""

import tomllib
from pathlib import Path

import httpx
import pytest

from faur.site.reference.routes import hot_paths, operations, pages
from tests.journeys.asking import Asker
from tests.journeys.bodies import SENT, Sent
from tests.journeys.copies import rolled_back
from tests.journeys.forms import FORMS
from tests.journeys.people import ROLES, World
from tests.journeys.targets import at

TABLE = tomllib.loads((Path(__file__).parent / "permissions.toml").read_text(encoding="utf-8"))
OPERATIONS = {f"{method} {path}": operation["operationId"] for method, path, operation in operations()}
PAGES = dict(pages())


def test_the_table_has_a_column_for_everybody() -> None:
    assert tuple(TABLE["who"]) == ROLES


def test_the_table_has_a_row_for_every_route_of_the_api() -> None:
    assert set(TABLE["api"]) == set(OPERATIONS)


def test_the_table_has_a_row_for_every_hot_path() -> None:
    assert set(TABLE["gateway"]) == {f"{method} {path}" for method, path, _words in hot_paths()}


def test_the_table_has_a_row_for_every_page() -> None:
    assert {row.partition(" ")[2] for row in TABLE["pages"]} == set(PAGES)


@pytest.mark.road
@pytest.mark.parametrize("path", PAGES)
def test_the_table_has_a_row_for_every_form(asker: Asker, path: str) -> None:
    sent = FORMS.get(PAGES[path], Sent())
    with rolled_back():
        allowed = asker.methods(at(path, asker.world, sent))
    known = {row.partition(" ")[0] for row in TABLE["pages"] if row.partition(" ")[2] == path}
    assert known == allowed & {"GET", "POST"}, f"{path} knows {sorted(allowed)}"


@pytest.mark.road
@pytest.mark.parametrize("route", TABLE["api"])
def test_the_api_lets_in_whom_the_table_says(asker: Asker, route: str) -> None:
    sent = SENT.get(OPERATIONS[route], Sent())
    assert answered(asker, route, sent) == by_role(TABLE["api"][route])


@pytest.mark.road
@pytest.mark.parametrize("route", TABLE["pages"])
def test_a_page_lets_in_whom_the_table_says(asker: Asker, route: str) -> None:
    sent = FORMS.get(PAGES[route.partition(" ")[2]], Sent())
    assert answered(asker, route, sent) == by_role(TABLE["pages"][route])


@pytest.mark.road
@pytest.mark.parametrize("route", TABLE["gateway"])
def test_a_hot_path_lets_in_whom_the_table_says(world: World, route: str) -> None:
    method, _, path = route.partition(" ")
    address = _hot(path, world)
    statuses = {}
    for role in ROLES:
        headers = {"Authorization": f"Bearer {world.token(role)}"} if role != "nobody" else {}
        with httpx.stream(
            method, address, headers=headers, content=b"a,b\n1,2\n" if method == "PUT" else None
        ) as answer:
            statuses[role] = answer.status_code
    assert statuses == by_role(TABLE["gateway"][route])


def _hot(path: str, world: World) -> str:
    """The address of a hot path, with the things of the walk."""
    link = world.api("engineer").get(f"/jobs/{world.made['job']}/outputs")["items"][0]["link"]
    known = {
        "token": link.rpartition("/")[2],
        "job": world.made["job"],
        "name": world.walked.summary["endpoint"]["name"],
    }
    query = f"?project={world.made['project']}&filename=a.csv" if path.endswith("/bytes") else ""
    return world.walked.url + path.format(**known) + query


def by_role(statuses: list[int]) -> dict[str, int]:
    return dict(zip(ROLES, statuses, strict=True))


def answered(asker: Asker, route: str, sent: Sent) -> dict[str, int]:
    """What each role is answered; what it does is undone each time."""
    method, _, path = route.partition(" ")
    statuses: dict[str, int] = {}
    for role in ROLES:
        with rolled_back():
            sent.before(asker.world)
            body = sent.body(asker.world, role)
            statuses[role] = int(asker.ask(role, method, at(path, asker.world, sent), body).status_code)
    return statuses
