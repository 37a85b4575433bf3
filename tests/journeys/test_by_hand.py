"""A newcomer walks the road by hand: from the first page to a model that answers and a technical file to keep."""

import secrets

import pytest
from playwright.sync_api import Page

from tests.journeys import by_hand
from tests.journeys.browsing import Browser
from tests.journeys.by_hand import Hand

pytestmark = [pytest.mark.road, pytest.mark.browser, pytest.mark.slow]


def test_a_newcomer_walks_the_whole_road(browser: Browser) -> None:
    document = browser.look(lambda page: _walk(Hand(page), browser))
    assert document.startswith(b"%PDF-")


def _walk(hand: Hand, browser: Browser) -> bytes:
    by_hand.register(hand, f"nina-{secrets.token_hex(4)}@elsewhere.example")
    by_hand.register_organisation(hand)
    by_hand.apply(hand, "Playground for industry")
    _decided(hand, browser)
    _with_data(hand, browser)
    by_hand.commit_thresholds(hand)
    by_hand.run(hand)
    by_hand.register_model(hand)
    by_hand.evaluate(hand)
    by_hand.answer_the_questionnaire(hand)
    by_hand.promote(hand)
    by_hand.serve(hand, f"by-hand-{secrets.token_hex(4)}")
    by_hand.ask(hand)
    return by_hand.fetch_the_technical_file(hand)


def _decided(hand: Hand, browser: Browser) -> None:
    """An evaluator at one desk, an operator at another; the project is the newcomer's from then on."""
    application = hand.seen["application"]
    _at_another_desk(browser, "evaluator", lambda other: by_hand.assess(other, application))
    hand.seen |= _at_another_desk(browser, "operator", lambda other: by_hand.award(other, application))
    by_hand.add_a_steward(hand, browser.world.accounts["steward"]["email"])


def _with_data(hand: Hand, browser: Browser) -> None:
    """Data under contracts, which a steward approves; what was agreed is in force at once on the newcomer's page."""
    by_hand.publish_data(hand, browser.world.walked.home / "demo")
    for purpose in ("training", "evaluation"):
        contract = by_hand.agree(hand, purpose)
        _at_another_desk(browser, "steward", lambda other, one=contract: by_hand.approve(other, one))


def _at_another_desk(browser: Browser, role: str, do) -> dict[str, str]:
    def sit(page: Page) -> dict[str, str]:
        other = Hand(page)
        do(other)
        return other.seen

    return browser.look_beside(sit, role=role)
