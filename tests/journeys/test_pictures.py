"""The pictures of the README, taken of the walked factory. Only where they are asked for: `make pictures`."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.browsing import WIDE, Browser

ASKED = os.environ.get("FAUR_PICTURES", "")
LARGEST = 300_000
WHOLE_TRAIL = {**WIDE, "height": 1240}

pytestmark = [
    pytest.mark.road,
    pytest.mark.browser,
    pytest.mark.skipif(not ASKED, reason="pictures are taken by `make pictures`"),
]


def test_the_project_with_its_trail(browser: Browser) -> None:
    picture = Path(ASKED) / "project.png"

    def take(page: Page) -> None:
        page.goto(f"/projects/{browser.world.made['project']}/")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=picture, animations="disabled", caret="hide")

    picture.parent.mkdir(parents=True, exist_ok=True)
    browser.look(take, role="engineer", viewport=WHOLE_TRAIL, color_scheme="light", reduced_motion="reduce")
    assert picture.stat().st_size < LARGEST
