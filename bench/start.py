"""How soon a factory answers, what it costs unasked, and what each page costs. `python -m bench.start [HOME]`.

HOME is one in which the road was walked; without it, it is walked first in a passing one (a minute).
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

STARTS = 3
SETTLE_SECONDS, IDLE_SECONDS = 5.0, 15.0
TIMES = 5
ROLES = ("operator", "evaluator", "engineer", "steward")
LANGUAGES = ("en", "ro", "bg")
PORT = "8753"
URL = f"http://127.0.0.1:{PORT}"
_LINK = re.compile(r'href="(/[^"#]*)"')
_NO_PAGE = ("/static/", "/api/", "/v2", "/logout")


def main() -> None:
    with walked_home() as home:
        os.environ |= {"FAUR_HOME": str(home), "FAUR_PORT": PORT}
        for _ in range(STARTS):
            with started(loud=True):
                pass
        cookies = sessions(home)
        with started() as factory:
            measure_idleness(factory, "before anybody came")
            pages = found_pages(cookies)
            costs = {path: measured(factory, path, cookies[role]) for path, role in pages.items()}
            visit_in_all_languages(pages, cookies)
            measure_idleness(factory, f"after {len(pages)} pages were visited in {len(LANGUAGES)} languages")
        show_pages(pages, costs, cookies)


@contextmanager
def walked_home() -> Iterator[Path]:
    if len(sys.argv) > 1:
        yield Path(sys.argv[1]).resolve()
        return
    with tempfile.TemporaryDirectory(prefix="faur-bench-") as folder:
        walk = [sys.executable, "-m", "faur.cli.main", "demo", "--once"]
        subprocess.run(
            walk, env={**os.environ, "FAUR_HOME": folder, "FAUR_PORT": PORT}, check=True, capture_output=True
        )
        yield Path(folder)


@contextmanager
def started(*, loud: bool = False) -> Iterator[psutil.Process]:
    """`faur up`, from the moment at which it answers."""
    began = time.monotonic()
    up = subprocess.Popen(
        [sys.executable, "-m", "faur.site", "up"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert up.stdout is not None
    assert up.stdout.readline().startswith("Faur is at"), "it did not start"
    factory = psutil.Process(up.pid)
    if loud:
        print(f"  answers after {time.monotonic() - began:.2f} s and {cpu_of(factory):.2f} s of CPU")
    try:
        yield factory
    finally:
        up.terminate()
        up.wait()


def measure_idleness(factory: psutil.Process, when: str) -> None:
    time.sleep(SETTLE_SECONDS)
    before = cpu_of(factory)
    time.sleep(IDLE_SECONDS)
    share = (cpu_of(factory) - before) / IDLE_SECONDS
    print(f"  idle {when}: {factory.memory_info().rss / 2**20:.0f} MiB resident, {share:.1%} of a core")


def sessions(home: Path) -> dict[str, dict[str, str]]:
    """The cookie of each role's session, made in the tables themselves."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faur.site.settings")
    import django

    django.setup()
    from django.test import Client

    from faur.kernel.actors.models import User

    accounts = json.loads((home / "summary.json").read_text(encoding="utf-8"))["accounts"]
    cookies = {}
    for role in ROLES:
        client = Client()
        client.force_login(User.objects.get(email=accounts[role]["email"]))
        cookies[role] = {name: morsel.value for name, morsel in client.cookies.items()}
    return cookies


def found_pages(cookies: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """One address of each page that a link leads to, and a role that may see it."""
    from django.urls import resolve

    pages: dict[str, str] = {}
    known: set[str] = set()
    for role, session in cookies.items():
        waiting, met = ["/"], {"/"}
        while waiting:
            path = waiting.pop(0)
            answer = httpx.get(URL + path, cookies=dict(session), timeout=60)
            name = resolve(path.partition("?")[0]).view_name
            if answer.is_server_error:
                print(f"  {path} answers {answer.status_code}")
            if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
                continue
            if name not in known:
                known.add(name)
                pages[path] = role
            new = [link for link in _LINK.findall(answer.text) if not link.startswith(_NO_PAGE) and "?" not in link]
            waiting += dict.fromkeys(link for link in new if link not in met)
            met.update(new)
    return pages


def measured(factory: psutil.Process, path: str, session: Mapping[str, str]) -> tuple[float, float]:
    """Milliseconds of CPU and of the clock, of one request."""
    with httpx.Client(cookies=dict(session), timeout=60) as client:
        client.get(URL + path)
        before, waits = cpu_of(factory), []
        for _ in range(TIMES):
            began = time.perf_counter()
            client.get(URL + path).raise_for_status()
            waits.append(time.perf_counter() - began)
        return (cpu_of(factory) - before) / TIMES * 1000, statistics.median(waits) * 1000


def visit_in_all_languages(pages: Mapping[str, str], cookies: Mapping[str, Mapping[str, str]]) -> None:
    for language in LANGUAGES:
        for path, role in pages.items():
            httpx.get(URL + path, cookies={**cookies[role], "django_language": language}, timeout=60)


def show_pages(
    pages: Mapping[str, str], costs: Mapping[str, tuple[float, float]], cookies: Mapping[str, Mapping[str, str]]
) -> None:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    print("  CPU ms  wait ms  SQL  KiB  page")
    for path, role in sorted(pages.items()):
        client = Client(headers={"Host": "localhost"})
        client.cookies[settings.SESSION_COOKIE_NAME] = cookies[role][settings.SESSION_COOKIE_NAME]
        with CaptureQueriesContext(connection) as ran:
            answer = client.get(path)
        cpu, wait = costs[path]
        print(f"  {cpu:6.1f}  {wait:7.1f}  {len(ran):3}  {len(answer.content) / 1024:3.0f}  {path}")


def cpu_of(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


if __name__ == "__main__":
    main()
