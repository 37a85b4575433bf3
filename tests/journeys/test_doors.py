"""The doors of a factory: sessions, cookies, forms, tokens and keys open for whom they must, and for nobody else."""

import re
import secrets
import sqlite3
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.journeys.browsers import log_in, logged_in, opened, send
from tests.journeys.forms import FORMS, Sent
from tests.journeys.people import World
from tests.journeys.targets import at
from tests.journeys.test_permissions import PAGES, TABLE
from tests.journeys.users import caller, made, refused

pytestmark = pytest.mark.road

ELSEWHERE = ("//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "\t//evil.example")
POSTED = sorted(row.partition(" ")[2] for row in TABLE["pages"] if row.startswith("POST "))
YESTERDAY = "2020-01-01 00:00:00"


@pytest.fixture(scope="module")
def browser(world: World) -> httpx.Client:
    return logged_in(world, "engineer")


# Sessions.


def test_a_session_s_cookie_is_for_this_site_and_no_script(world: World) -> None:
    answer = log_in(opened(world), world, "engineer")
    cookies = {line.partition("=")[0]: line.lower() for line in answer.headers.get_list("set-cookie")}
    assert "httponly" in cookies["sessionid"]
    assert all("samesite=lax" in line for line in cookies.values())


def test_a_session_that_somebody_else_chose_is_not_taken_up(world: World) -> None:
    browser = opened(world)
    browser.cookies.set("sessionid", "chosenbysomebodyelse", domain="127.0.0.1")
    log_in(browser, world, "engineer")
    mine = [cookie.value for cookie in browser.cookies.jar if cookie.name == "sessionid"]
    assert "chosenbysomebodyelse" not in mine[-1:]
    thief = opened(world)
    thief.cookies.set("sessionid", "chosenbysomebodyelse", domain="127.0.0.1")
    assert thief.get("/account/").status_code == 302


def test_a_session_ends_for_good_when_its_owner_logs_out(world: World) -> None:
    browser = logged_in(world, "steward")
    copy = opened(world)
    copy.cookies.set("sessionid", browser.cookies["sessionid"], domain="127.0.0.1")
    assert copy.get("/account/").status_code == 200
    assert browser.get("/logout/").status_code == 405
    assert copy.get("/account/").status_code == 200
    assert send(browser, "/account/", {}).status_code < 500
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get("/account/").text)
    assert token
    browser.post("/logout/", data={"csrfmiddlewaretoken": token[1]})
    assert copy.get("/account/").status_code == 302


@pytest.mark.parametrize("there", ELSEWHERE)
def test_nobody_is_sent_elsewhere(world: World, browser: httpx.Client, there: str) -> None:
    query = str(httpx.QueryParams(next=there))
    sent = log_in(opened(world), world, "engineer", f"/login/?{query}")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get("/account/").text)
    assert token
    for path, form in (("/preferences/theme/", {"theme": "dark"}), ("/preferences/language/", {"language": "en"})):
        answer = browser.post(path, data={"csrfmiddlewaretoken": token[1], "next": there, **form})
        assert answer.headers["Location"].startswith(("/", world.walked.url))
        assert "evil" not in answer.headers["Location"]
    assert sent.headers["Location"] == "/"
    assert browser.get(f"/login/?{query}").headers["Location"] == "/"


def test_guessing_a_password_ends_after_ten_tries_however_many_are_made_at_once(world: World) -> None:
    person = {"email": f"{secrets.token_hex(6)}@elsewhere.example", "password": "four words in a row"}
    nobody = caller(world, "nobody")
    made(nobody.post("/people", json={**person, "name": "Guessed"}))

    def guess(number: int) -> int:
        wrong = {**person, "password": f"guess {number}", "name": "x"}
        return nobody.post("/tokens", json=wrong).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(14)))
    assert set(answers) == {401, 429}
    assert answers.count(401) <= 12
    assert refused(nobody.post("/tokens", json={**person, "name": "x"}), 429)
    made(nobody.post("/tokens", json={**_known(world, "engineer"), "name": "x"}))


def _known(world: World, role: str) -> dict[str, str]:
    return {name: world.accounts[role][name] for name in ("email", "password")}


# Forms and headers.


@pytest.mark.parametrize("path", POSTED)
def test_a_form_without_its_token_changes_nothing(world: World, browser: httpx.Client, path: str) -> None:
    address = at(path, world, FORMS.get(PAGES[path], Sent()))
    assert browser.post(address, data={"title": "By another site"}).status_code == 403
    foreign = {"Origin": "https://evil.example", "Referer": "https://evil.example/"}
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
    assert browser.post(address, data=token, headers=foreign).status_code == 403


def test_a_session_alone_opens_nothing_of_the_api_that_changes(world: World, browser: httpx.Client) -> None:
    answer = browser.post("/api/v1/tokens", json={"name": "by another site", "days": 1})
    assert refused(answer, 403) == "forbidden"
    path = f"/api/v1/bytes?project={world.made['project']}&filename=x"
    assert refused(browser.put(path, content=b"x"), 401) == "unauthenticated"
    assert browser.get("/api/v1/me").status_code == 200


SEEN = ("/", "/login/", "/projects/", "/datasets/", "/library/", "/jobs/", "/models/", "/endpoints/", "/nothing/")


@pytest.mark.parametrize("path", SEEN)
def test_a_page_stands_in_nobody_s_frame_and_loads_nothing_from_elsewhere(browser: httpx.Client, path: str) -> None:
    answer = browser.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert {"default-src 'self'", "frame-ancestors 'none'", "form-action 'self'"} <= set(policy.split("; "))
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert not re.findall(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son\w+=\"|(?:src|href)=\"https?://", answer.text
    )


def test_what_others_uploaded_runs_nowhere(world: World) -> None:
    file = caller(world, "engineer").get(f"/dataset-versions/{world.made['dataset_version']}").json()["files"][0]
    headers = httpx.get(world.walked.url + file["link"]).headers
    assert headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


# Tokens and keys.


def test_a_token_that_was_revoked_or_has_ended_opens_nothing(world: World) -> None:
    engineer = caller(world, "engineer")
    revoked, ended = (made(engineer.post("/tokens", json={"name": "door", "days": 1})) for _ in range(2))
    assert engineer.delete(f"/tokens/{revoked['id']}").status_code == 204
    _let_pass(world.walked.home, "actors_token", ended["id"])
    for secret in (revoked["token"], ended["token"], ended["prefix"], "faur_", ended["token"].upper(), "x" * 5000):
        answer = httpx.get(f"{engineer.base_url}me", headers={"Authorization": f"Bearer {secret}"})
        assert refused(answer, 401) == "unauthenticated"


def test_a_key_that_was_revoked_or_has_ended_opens_nothing_after_a_second(world: World) -> None:
    engineer, url = caller(world, "engineer"), world.walked.summary["endpoint"]["url"]
    path = f"/endpoints/{world.made['endpoint']}/keys"
    keys = [made(engineer.post(path, json={"name": "door", "days": 1})) for _ in range(2)]
    headers = [{"Authorization": f"Bearer {key['secret']}"} for key in keys]
    assert [httpx.get(url, headers=one).status_code for one in headers] == [200, 200]
    assert engineer.delete(f"/keys/{keys[0]['id']}").status_code == 204
    _let_pass(world.walked.home, "serving_key", keys[1]["id"])
    time.sleep(1.2)
    answers = [httpx.post(f"{url}/infer", headers=one, json={"inputs": []}) for one in headers]
    assert [refused(answer, 401) for answer in answers] == ["key.revoked", "key.expired"]
    token = {"Authorization": f"Bearer {world.token('engineer')}"}
    assert refused(httpx.get(url, headers=token), 401) == "key.unknown"
    other = httpx.get(f"{engineer.base_url}me", headers={"Authorization": f"Bearer {keys[0]['secret']}"})
    assert refused(other, 401) == "unauthenticated"


def _let_pass(home: Path, table: str, uid: str) -> None:
    """The day on which it ends is over: no user can wait for it, so the clock is turned in the table."""
    with closing(sqlite3.connect(home / "faur.sqlite3", timeout=30)) as database, database:
        database.execute(f"UPDATE {table} SET expires_at = ? WHERE uid = ?", (YESTERDAY, uid))
        database.execute("UPDATE serving_tableversion SET number = number + 1")


# What is kept.

PRIVATE = ("operator.json", "road.json", "summary.json", "keys/secret", "keys/record-ed25519.pem")


def test_no_secret_is_kept_in_clear(world: World) -> None:
    home, endpoint = world.walked.home, world.walked.summary["endpoint"]
    hidden = [account[name] for account in world.accounts.values() for name in ("password", "token")]
    hidden += [endpoint["key"], (home / "keys" / "secret").read_text(encoding="ascii")]
    files = [path for path in home.rglob("*") if path.is_file() and str(path.relative_to(home)) not in PRIVATE]
    assert len(files) > 20
    for path in files:
        content = path.read_bytes()
        assert not [secret for secret in hidden if secret.encode() in content], path


@pytest.mark.parametrize("name", PRIVATE)
def test_what_must_be_kept_in_clear_is_for_the_owner_alone(world: World, name: str) -> None:
    assert stat.S_IMODE((world.walked.home / name).stat().st_mode) == 0o600


def test_the_home_of_a_factory_is_closed_to_others(world: World) -> None:
    assert stat.S_IMODE(world.walked.home.stat().st_mode) & 0o077 == 0
