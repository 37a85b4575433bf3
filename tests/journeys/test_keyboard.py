"""With the keyboard alone: log in, find the way to one's account, make a token. One always sees where one is."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Browser

pytestmark = [pytest.mark.road, pytest.mark.browser]

MOST_STOPS = 60
WHERE = "(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText || '').trim()"
RING = """(() => { const style = getComputedStyle(document.activeElement);
    return style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth); })()"""


def test_logging_in_and_making_a_token_need_no_mouse(browser: Browser) -> None:
    account = browser.world.accounts["member"]

    def walk(page: Page) -> str:
        page.goto("/login/")
        page.keyboard.type(account["email"])  # the first field has the focus
        page.keyboard.press("Tab")
        page.keyboard.type(account["password"])
        page.keyboard.press("Enter")
        page.wait_for_url(f"{browser.world.walked.url}/")
        return _make_token(page)

    assert browser.look(walk).startswith("faur_")


def _make_token(page: Page) -> str:
    _go_to(page, "Mara Member")
    page.keyboard.press("Enter")
    _go_to(page, "Account and tokens")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/")
    _go_to(page, "Make a token")
    page.keyboard.press("Enter")
    _go_to(page, field="form[action$='/account/tokens/'] [name=name]")
    page.keyboard.type("by keyboard")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/tokens/")
    shown = page.locator("main code", has_text="faur_").first
    expect(shown).to_be_visible()
    return shown.inner_text()


def _go_to(page: Page, words: str = "", *, field: str = "") -> None:
    """Tab to a link or button by its words, or to a field by its place; at every stop one sees where one is."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(RING) >= 2, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if (
            page.evaluate("place => document.activeElement.matches(place)", field)
            if field
            else page.evaluate(WHERE) == words
        ):
            return
    raise AssertionError(f"{words or field} cannot be reached with the Tab key")


def test_a_reader_of_the_keyboard_can_skip_the_bar(browser: Browser) -> None:
    def skip(page: Page) -> tuple[str, str]:
        page.goto("/projects/")
        page.keyboard.press("Tab")
        first = page.evaluate(WHERE)
        page.keyboard.press("Enter")
        return first, page.evaluate("document.activeElement.id")

    assert browser.look(skip, role="engineer") == ("Skip to the content", "main")
