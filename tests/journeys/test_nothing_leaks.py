"""Whoever leads another project, or none, learns nothing of this one: not from lists, not from pages, not by asking."""

import re

import pytest

from faur.kernel.actors.models import User
from tests.journeys.asking import Asker
from tests.journeys.bodies import SENT, Sent
from tests.journeys.copies import rolled_back
from tests.journeys.forms import FORMS
from tests.journeys.people import ROLES
from tests.journeys.secrets_of import secrets_of
from tests.journeys.targets import at
from tests.journeys.test_permissions import OPERATIONS, PAGES, TABLE

pytestmark = pytest.mark.road

OUTSIDERS = ("stranger", "other")
ROUTES = {**TABLE["api"], **TABLE["pages"]}
OPEN = [
    (route, role)
    for route, statuses in ROUTES.items()
    for role in OUTSIDERS
    if route.startswith("GET ") and statuses[ROLES.index(role)] == 200
]
NOWHERE = "01k0000000e000000000000000"
IDENTIFIER = re.compile(r"\b([a-z]{3,4}_)[0-9a-hjkmnp-tv-z]{26}")
NEW = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|"csrf": "\w+"')
EXAMPLE = "second-reader"
"""What the demo's model and endpoint are called is also the example that empty pages give."""
OWN = ("dataset", "dataset_version", "run", "job", "model", "model_version", "evaluation", "endpoint", "key", "bundle")


@pytest.fixture(scope="module")
def secrets(asker: Asker) -> dict[str, set[str]]:
    """By outsider; what nobody in particular is told, as of an open call, is no secret."""
    public = "".join(
        said(asker, "nobody", route)[1] for route, who in ROUTES.items() if route.startswith("GET ") and who[0] == 200
    )
    engineer, *outsiders = (User.objects.get(uid=asker.world.accounts[role]["id"]) for role in ("engineer", *OUTSIDERS))
    whole = {role: secrets_of(engineer, outsider) for role, outsider in zip(OUTSIDERS, outsiders, strict=True)}
    return {role: {word for word in words if word not in public} - {EXAMPLE} for role, words in whole.items()}


def said(asker: Asker, role: str, route: str, *, instead: str = "") -> tuple[int, str]:
    """Status and text of an answer, without what is new each time or was in the address; nothing has happened."""
    method, _, path = route.partition(" ")
    sent = SENT.get(OPERATIONS[route], Sent()) if route in OPERATIONS else FORMS.get(PAGES[path], Sent())
    address = at(path, asker.world, sent)
    if instead:
        address = IDENTIFIER.sub(rf"\g<1>{instead}", address)
    with rolled_back():
        answer = asker.ask(role, method, address, sent.body(asker.world, role))
    text = NEW.sub("", answer.content.decode())
    for known in (match.group() for match in IDENTIFIER.finditer(address)):
        text = text.replace(known, "")
    return answer.status_code, text


def test_there_is_something_to_keep_from_others(asker: Asker, secrets: dict[str, set[str]]) -> None:
    world = asker.world
    digest = world.walked.summary["model_digest"]
    things = {world.made[name] for name in (*OWN, "project", "allocation", "organisation", "application")}
    assert all(secrets[role] >= {*things, digest} for role in OUTSIDERS)


@pytest.mark.parametrize(("route", "role"), OPEN)
def test_an_answer_to_an_outsider_says_nothing_of_the_project(
    asker: Asker, secrets: dict[str, set[str]], route: str, role: str
) -> None:
    _status, text = said(asker, role, route)
    assert not {word for word in secrets[role] if word in text}


LISTS = [route for route in TABLE["api"] if route.startswith("GET ") and "{" not in route and "compare" not in route]


@pytest.mark.parametrize("role", OUTSIDERS)
@pytest.mark.parametrize("route", LISTS)
def test_asking_for_another_project_finds_nothing(asker: Asker, route: str, role: str) -> None:
    """Neither by its identifiers nor by a word of its titles."""
    made = asker.world.made
    theirs = {made[name] for name in (*OWN, "project", "allocation", "organisation", "application")}
    for question in (f"project={made['project']}", f"model={made['model']}", "search=aspirates", "state=completed"):
        with rolled_back():
            answer = asker.ask(role, "GET", f"{route.removeprefix('GET ')}?{question}").content.decode()
        assert not {uid for uid in theirs if uid in answer}, question


@pytest.mark.parametrize("route", [route for route in ROUTES if re.search("[{<]", route)])
def test_what_is_not_ones_own_looks_like_what_does_not_exist(asker: Asker, route: str) -> None:
    """The refusal of another's thing, word for word, is that of a thing that was never there."""
    if ROUTES[route][ROLES.index("other")] == 404:
        assert said(asker, "other", route) == said(asker, "other", route, instead=NOWHERE)
