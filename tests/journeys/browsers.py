"""A walked factory's pages as a person sees them: with a session, through forms, one page after the other."""

import re
from collections.abc import Mapping

import httpx

from tests.journeys.people import World

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def opened(world: World) -> httpx.Client:
    """A browser that has been nowhere yet, and shows where it is sent instead of going there."""
    return httpx.Client(base_url=world.walked.url, timeout=60)


def send(browser: httpx.Client, path: str, form: Mapping[str, str] | None = None) -> httpx.Response:
    """Open the page, fill its form in, and send it with the page's own token."""
    token = TOKEN.search(browser.get(path).text)
    assert token, f"{path} shows no form"
    said = {"csrfmiddlewaretoken": token[1], **(form or {})}
    return browser.post(path, data=said, headers={"Referer": str(browser.base_url.join(path))})


def log_in(browser: httpx.Client, world: World, role: str, path: str = "/login/") -> httpx.Response:
    person = world.accounts[role]
    return send(browser, path, {"email": person["email"], "password": person["password"]})


def logged_in(world: World, role: str) -> httpx.Client:
    browser = opened(world)
    assert log_in(browser, world, role).status_code == 302
    return browser
