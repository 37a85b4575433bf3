"""The style page in a real browser: no fault that axe knows, in both themes, three languages and at phone width."""

import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = {"preload": False, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
MISTAKES = "/styleguide/?check=1&folds=500&families=linear&seed=x"


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), Server, Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def browser():
    """A function that runs another one with a browser, in the one thread where Playwright may live."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with ThreadPoolExecutor(1) as thread:
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        chromium = thread.submit(lambda: playwright.chromium.launch(executable_path=program, args=FLAGS)).result()
        yield lambda task, **options: thread.submit(_in_a_page, chromium, task, options).result()
        thread.submit(chromium.close).result()
        thread.submit(playwright.stop).result()


def _in_a_page(chromium, task, options):
    context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        result = task(page)
        assert complaints == []
        return result
    finally:
        context.close()


VIEWS = [(theme, language, 1280) for theme in ("light", "dark") for language in ("en", "ro", "bg")]


@pytest.mark.parametrize(("theme", "language", "width"), [*VIEWS, ("light", "bg", 390)])
def test_the_style_page_has_no_fault_that_axe_knows(browser, address, theme, language, width):
    from axe_playwright_python.sync_playwright import Axe

    def faults(page):
        found = []
        for path in ("/styleguide/", MISTAKES) if language == "en" else ("/styleguide/",):
            page.goto(address + path)
            page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
            result = Axe().run(page, options=RULES)
            found += [(fault["id"], fault["nodes"][0]["html"]) for fault in result.response["violations"]]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        return found

    view = {"width": width, "height": 900}
    assert browser(faults, color_scheme=theme, locale=language, viewport=view) == []


def test_a_filter_refines_the_list_as_one_types(browser, address):
    def typed(page):
        page.goto(f"{address}/styleguide/")
        page.locator("input[name=q]").press_sequentially("abc")
        page.wait_for_url("**/styleguide/?q=abc&state=")
        return page.locator("#jobs tbody tr").count()

    assert browser(typed) == 4


def test_a_theme_changes_in_place_and_stays(browser, address):
    def chosen(page):
        page.goto(f"{address}/styleguide/")
        with page.expect_response("**/preferences/theme/"):
            page.locator("button[value=dark]").click()
        at_once = page.evaluate("document.documentElement.dataset.theme")
        page.reload()
        return at_once, page.evaluate("document.documentElement.dataset.theme")

    assert browser(chosen) == ("dark", "dark")


def test_without_javascript_theme_language_and_filter_still_work(browser, address):
    def plain(page):
        page.goto(f"{address}/styleguide/")
        page.locator("button[value=dark]").click()
        page.locator("[popovertarget=language-sheet]").click()
        page.locator("button[value=ro]").click()
        page.locator("input[name=q]").fill("x")
        page.locator(".filter .button").click()
        html = page.locator("html")
        return html.get_attribute("data-theme"), html.get_attribute("lang"), page.url.removeprefix(address)

    assert browser(plain, java_script_enabled=False) == ("dark", "ro", "/styleguide/?q=x&state=")


def test_the_keyboard_goes_past_the_bar_and_through_it(browser, address):
    def tabbed(page):
        page.goto(f"{address}/styleguide/")
        page.keyboard.press("Tab")
        skip = page.evaluate("document.activeElement.className")
        page.keyboard.press("Enter")
        landed = page.evaluate("document.activeElement.id")
        page.locator("[popovertarget=language-sheet]").focus()
        page.keyboard.press("Enter")
        opened = page.locator("#language-sheet").is_visible()
        page.keyboard.press("Escape")
        return skip, landed, opened, page.locator("#language-sheet").is_visible()

    assert browser(tabbed) == ("skip", "main", True, False)


CONTROLS = "button, .button, .bar a, select, input:not([type=checkbox]), summary"
SMALL = """(controls) => [...document.querySelectorAll(controls)]
    .filter(part => part.checkVisibility() && part.getBoundingClientRect().height < 40)
    .map(part => part.outerHTML.slice(0, 80))"""


def test_controls_are_large_enough_to_hit(browser, address):
    def small(page):
        page.goto(f"{address}/styleguide/")
        return page.evaluate(SMALL, CONTROLS)

    assert browser(small) == []
