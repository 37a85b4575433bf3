"""No page and no answer asks the database more often when there are more rows, and none more than fifteen times.

The numbers stand in `query_counts.json`. Where one changes for a good reason, write them anew and look at the
difference: `FAUR_UPDATE_QUERY_COUNTS=1 .venv/bin/pytest tests/journeys/test_query_counts.py`.
"""

import json
import os
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.journeys.asking import Asker
from tests.journeys.bodies import SENT, Sent
from tests.journeys.copies import rolled_back
from tests.journeys.forms import FORMS
from tests.journeys.many import multiply
from tests.journeys.people import ROLES
from tests.journeys.targets import at
from tests.journeys.test_permissions import OPERATIONS, PAGES, TABLE

pytestmark = pytest.mark.road

MOST = 15
FILE = Path(__file__).parent / "query_counts.json"
FEW, MANY = range(2), range(2, 62)
LOOKERS = ("engineer", "operator")
"""An operator looks at what a lead may not see, and where they see what a lead does not."""
FOR_BOTH = ("GET /", "GET /applications/", "GET /clusters/<str:uid>/", "GET /projects/")


def _lookers(route: str, who: list[int]) -> list[str]:
    known = [looker for looker in LOOKERS if route.startswith("GET ") and who[ROLES.index(looker)] == 200]
    return known if route in FOR_BOTH else known[:1]


ROUTES = {**TABLE["api"], **TABLE["pages"]}
ASKED = [f"{looker}: {route}" for route, who in ROUTES.items() for looker in _lookers(route, who)]
AGAIN = "FAUR_UPDATE_QUERY_COUNTS"


@pytest.fixture(scope="module")
def few(asker: Asker) -> dict[str, int]:
    """With two or three rows of everything."""
    with transaction.atomic():
        multiply(asker.world, FEW)
    _counted(asker, len(FEW))  # what is looked up once in the life of a process is no part of an answer
    return _counted(asker, len(FEW))


@pytest.fixture(scope="module")
def many(asker: Asker, few: dict[str, int]) -> dict[str, int]:
    """With a hundred more."""
    with transaction.atomic():
        multiply(asker.world, MANY)
    return _counted(asker, len(MANY))


def test_the_numbers_are_those_that_are_written_down(few: dict[str, int]) -> None:
    if AGAIN in os.environ:
        FILE.write_text(json.dumps(few, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    known = json.loads(FILE.read_text(encoding="utf-8"))
    changed = {
        asked: (known.get(asked), few.get(asked)) for asked in {*known, *few} if known.get(asked) != few.get(asked)
    }
    assert not changed, f"before and now; if it is meant, set {AGAIN}=1 and look at what changes"


def test_more_rows_are_no_more_queries(few: dict[str, int], many: dict[str, int]) -> None:
    assert {asked: (few[asked], many[asked]) for asked in ASKED if many[asked] > few[asked]} == {}


def test_no_answer_takes_more_than_fifteen_queries(many: dict[str, int]) -> None:
    assert {asked: number for asked, number in many.items() if number > MOST} == {}


def _counted(asker: Asker, size: int) -> dict[str, int]:
    """How often each answer asks the database; a list of the API answers with a full page of so many rows."""
    return {asked: _queries(asker, asked, size) for asked in ASKED}


def _queries(asker: Asker, asked: str, size: int) -> int:
    looker, _, route = asked.partition(": ")
    path = route.removeprefix("GET ")
    sent = SENT.get(OPERATIONS[route], Sent()) if route in OPERATIONS else FORMS.get(PAGES[path], Sent())
    with rolled_back():
        sent.before(asker.world)
        address = at(path, asker.world, sent)
        with CaptureQueriesContext(connection) as captured:
            answer = asker.ask(looker, "GET", address if "?" in address else f"{address}?size={size}")
    assert answer.status_code == 200, asked
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")) for query in captured)
