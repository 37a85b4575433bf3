"""A real Chromium that looks at the walked factory as one of its people, and complains of whatever a browser would."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from playwright.sync_api import BrowserContext, Page, Request, Response, sync_playwright

from faur.site.testing import chromium
from tests.journeys.people import World

Result = TypeVar("Result")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LONGEST_MS = 20_000


class Browser:
    """Playwright lives in one thread of its own; a task runs there, with a page of a fresh context."""

    def __init__(self, world: World, thread: ThreadPoolExecutor, program: Any) -> None:  # Any: playwright's own
        self.world = world
        self._thread = thread
        self._program = program
        self._states: dict[str, Any] = {}

    def look(self, task: Callable[[Page], Result], *, role: str = "nobody", **options: Any) -> Result:
        """What `task` makes of a page, for somebody who is logged in.

        Raises AssertionError: the browser complained: an error in the console, a breach of the content security policy,
        something asked of another place, an answer of 500 or more.
        """
        return self._thread.submit(self.look_beside, task, role=role, **options).result()

    def look_beside(self, task: Callable[[Page], Result], *, role: str = "nobody", **options: Any) -> Result:
        """The same from within a task, which is in that thread already: somebody else at another desk."""
        context = self._context(role, options)
        page, complaints = context.new_page(), Complaints(self.world.walked.url)
        complaints.listen_to(page)
        try:
            result = task(page)
            if complaints.heard:
                raise AssertionError("\n".join(complaints.heard))
            return result
        finally:
            context.close()

    def _context(self, role: str, options: dict[str, Any]) -> BrowserContext:
        if role != "nobody" and role not in self._states:
            self._states[role] = self._logged_in(role)
        kept = {"storage_state": self._states[role]} if role != "nobody" else {}
        told = {"base_url": self.world.walked.url, "viewport": WIDE, "locale": "en", **kept, **options}
        context: BrowserContext = self._program.new_context(**told)
        context.set_default_timeout(LONGEST_MS)
        return context

    def _logged_in(self, role: str) -> Any:  # Any: playwright's own shape of cookies
        context = self._context("nobody", {})
        page, account = context.new_page(), self.world.accounts[role]
        page.goto("/login/")
        page.fill("[name=email]", account["email"])
        page.fill("[name=password]", account["password"])
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{self.world.walked.url}/")
        context.clear_cookies(name="django_language")
        state = context.storage_state()
        context.close()
        return state


class Complaints:
    """What a browser says about a page where a person would not look."""

    def __init__(self, url: str) -> None:
        self.heard: list[str] = []
        self._url = url

    def listen_to(self, page: Page) -> None:
        page.on("console", lambda said: self._hear(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self._hear(str(error)))
        page.on("request", self._sent)
        page.on("response", self._answered)

    def _hear(self, text: str) -> None:
        if "status of 422" not in text:  # a form that came back with its errors, as it should
            self.heard.append(text)

    def _sent(self, request: Request) -> None:
        if not request.url.startswith((self._url, "data:", "blob:")):
            self.heard.append(f"asked {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.heard.append(f"{response.url} answered {response.status}")


@contextmanager
def opened_browser(world: World) -> Iterator[Browser]:
    with ThreadPoolExecutor(1, thread_name_prefix="browser") as thread:
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        start = playwright.chromium.launch
        program = thread.submit(lambda: start(executable_path=chromium(), args=FLAGS)).result()
        try:
            yield Browser(world, thread, program)
        finally:
            thread.submit(program.close).result()
            thread.submit(playwright.stop).result()
