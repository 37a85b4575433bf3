"""Two who do the same thing at the same moment, and who act on a page that is no longer true: it happens once."""

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from faur.cli.road.road import told
from tests.journeys.people import World
from tests.journeys.users import account, caller, made, refused, until_ended

pytestmark = pytest.mark.road

AT_ONCE = 6
HOUR = 3600


@pytest.fixture(scope="module")
def engineer(world: World) -> httpx.Client:
    return caller(world, "engineer")


def at_once(ask: Callable[[int], httpx.Response], times: int = AT_ONCE) -> Sequence[httpx.Response]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ask, range(times)))


def only_one(answers: Sequence[httpx.Response], status: int, code: str) -> httpx.Response:
    """The one that succeeded; all others were refused with the code."""
    won = [answer for answer in answers if answer.status_code < 300]
    assert len(won) == 1, [answer.text[:200] for answer in answers]
    assert {refused(answer, status) for answer in answers if answer is not won[0]} == {code}
    return won[0]


def job(world: World, **changed: object) -> dict[str, object]:
    body = {name: world.made[name] for name in ("project", "allocation")}
    return {**body, "title": "At once", "executable": "true", "duration": 5, **changed}


def test_the_same_key_at_once_does_it_once(world: World, engineer: httpx.Client) -> None:
    key = {"Idempotency-Key": secrets.token_hex(8)}
    answers = at_once(lambda _: engineer.post("/jobs", json=job(world), headers=key))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    again = engineer.post("/jobs", json=job(world, title="Something else"), headers=key)
    assert refused(again, 422) == "idempotency.key_reused"
    until_ended(engineer, f"/jobs/{answers[0].json()['id']}")


def test_what_was_answered_once_ends_with_the_token(world: World, engineer: httpx.Client) -> None:
    token = made(engineer.post("/tokens", json={"name": "short", "days": 1}))
    headers = {"Authorization": f"Bearer {token['token']}", "Idempotency-Key": secrets.token_hex(8)}
    first = httpx.post(f"{engineer.base_url}jobs", json=job(world), headers=headers)
    until_ended(engineer, f"/jobs/{made(first)['id']}")
    assert engineer.delete(f"/tokens/{token['id']}").status_code == 204
    again = httpx.post(f"{engineer.base_url}jobs", json=job(world), headers=headers)
    assert refused(again, 401) == "unauthenticated"


def test_holds_that_together_exceed_an_allocation_are_not_all_made(world: World, engineer: httpx.Client) -> None:
    before = account(engineer, world.made["allocation"])
    more_than_half = before["free"] * 6 // 10
    lasting = job(world, executable="sleep", arguments=["120"], duration=more_than_half)
    answers = at_once(lambda _: engineer.post("/jobs", json=lasting))
    won = only_one(answers, 409, "allocation.exhausted").json()
    engineer.post(f"/jobs/{won['id']}/cancel")
    ended = until_ended(engineer, f"/jobs/{won['id']}")
    after = account(engineer, world.made["allocation"])
    assert (after["held"], after["used"]) == (0, before["used"] + ended["used"])


def test_an_application_is_awarded_once(world: World) -> None:
    other, operator = caller(world, "other"), caller(world, "operator")
    names = {"call": world.made["call"], "organisation": world.made["other_organisation"]}
    wish = {"title": "At once", "amount": HOUR, "months": 1, "answers": told("application")["answers"]}
    application = made(other.post("/applications", json={**names, **wish}))["id"]
    assert other.post(f"/applications/{application}/submit").status_code == 200
    verdict = {"verdict": "pass", "comment": "Fine."}
    assert caller(world, "evaluator").post(f"/applications/{application}/assess", json=verdict).status_code == 200
    free = operator.get(f"/pools/{world.made['pool']}").json()["free"]
    answers = at_once(lambda _: operator.post(f"/applications/{application}/award", json={}))
    only_one(answers, 409, "application.state_unfit")
    assert operator.get(f"/pools/{world.made['pool']}").json()["free"] == free - HOUR


def test_a_version_is_promoted_once(world: World, engineer: httpx.Client) -> None:
    path = f"/model-versions/{world.made['model_version']}/promote"
    answers = at_once(lambda _: engineer.post(path, json={"reason": "Once more."}))
    assert {refused(answer, 409) for answer in answers} == {"model.state_unfit"}


def test_an_endpoint_is_opened_once_under_a_name_and_stopped_once(world: World, engineer: httpx.Client) -> None:
    body = {"model_version": world.made["model_version"], "name": f"at-once-{secrets.token_hex(4)}"}
    opened = only_one(at_once(lambda _: engineer.post("/endpoints", json=body)), 409, "endpoint.name_taken").json()
    stopped = at_once(lambda _: engineer.post(f"/endpoints/{opened['id']}/stop"))
    only_one(stopped, 409, "endpoint.stopped")
    late = engineer.post(f"/endpoints/{opened['id']}/keys", json={"name": "late", "days": 1})
    refused(late, 409)


def test_a_person_registers_once(world: World) -> None:
    body = {"email": f"{secrets.token_hex(6)}@elsewhere.example", "name": "Twice", "password": "four words in a row"}
    nobody = caller(world, "nobody")
    answers = at_once(lambda _: nobody.post("/people", json=body), times=3)
    assert Counter(answer.status_code for answer in answers)[201] == 1
    assert not [answer for answer in answers if answer.status_code >= 500]


def test_two_leads_who_remove_each_other_leave_one(world: World) -> None:
    first, second = caller(world, "other"), caller(world, "stranger")
    members = f"/projects/{world.made['other_project']}/members"
    made(first.post(members, json={"email": world.accounts["stranger"]["email"], "role": "lead"}))
    leads = [(first, world.accounts["stranger"]["id"]), (second, world.accounts["other"]["id"])]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda pair: pair[0].delete(f"{members}/{pair[1]}"), leads))
    left = caller(world, "operator").get(members).json()["items"]
    assert [member["roles"] for member in left if "lead" in member["roles"]] == [["lead"]]
    _restore(world, {member["id"] for member in left})


def _restore(world: World, left: set[str]) -> None:
    """The other project is the other's alone again."""
    operator, members = caller(world, "operator"), f"/projects/{world.made['other_project']}/members"
    if world.accounts["other"]["id"] not in left:
        made(operator.post(members, json={"email": world.accounts["other"]["email"], "role": "lead"}))
    operator.delete(f"{members}/{world.accounts['stranger']['id']}")
