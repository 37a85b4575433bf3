"""Every page, in a real browser: nothing that axe knows, in both themes and three languages, at two widths."""

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import CONTRAST, WORDS, faults, is_too_wide
from tests.journeys.bodies import Sent
from tests.journeys.browsing import NARROW, WIDE, Browser
from tests.journeys.forms import FORMS
from tests.journeys.people import ROLES
from tests.journeys.targets import at
from tests.journeys.test_permissions import PAGES, TABLE

pytestmark = [pytest.mark.road, pytest.mark.browser]

LANGUAGES = ("en", "ro", "bg")
LOOKERS = ("nobody", "engineer", "operator", "evaluator")
PARTS = {"job-now", "run-now"}
"""What a page fetches into itself."""
DONE = {"contract-approve", "contract-decline", "model-promote", "job-cancel"}
"""Decisions that were taken on the road: their pages refuse to be asked again; the walk by hand looks at them."""


def _lookers(route: str) -> list[str]:
    """Who looks: nobody in particular where the page is public, and else the first who may."""
    known = [looker for looker in LOOKERS if TABLE["pages"][route][ROLES.index(looker)] == 200]
    return known[:2] if known[:1] == ["nobody"] and route == "GET /" else known[:1]


LOOKS = [
    (path, looker)
    for route in TABLE["pages"]
    for method, path in [route.split(" ", 1)]
    if method == "GET" and PAGES[path] not in DONE | PARTS
    for looker in _lookers(route)
]


@pytest.mark.parametrize(("path", "looker"), LOOKS)
def test_a_page_can_be_read_by_everyone(browser: Browser, path: str, looker: str) -> None:
    address = browser.world.walked.url + at(path, browser.world, FORMS.get(PAGES[path], Sent()))
    assert browser.look(lambda page: _found(page, address), role=looker) == {}


def _found(page: Page, address: str) -> dict[str, list[str]]:
    """Faults by the view in which they show."""
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        page.context.add_cookies([{"name": "django_language", "value": language, "url": address}])
        page.set_viewport_size(WIDE)
        answer = page.goto(address)
        assert answer is not None
        assert (answer.status, page.locator("html").get_attribute("lang")) == (200, language)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        found[language] = faults(page, [] if language == "en" else WORDS) + ["too wide"] * is_too_wide(page)
        page.set_viewport_size(NARROW)
        found[f"{language}, narrow"] = ["too wide"] * is_too_wide(page)
    page.emulate_media(color_scheme="dark")
    found["dark"] = faults(page, CONTRAST)
    return {view: wrong for view, wrong in found.items() if wrong}
