"""The routes of the front office: the whole way, who may take it, and what bad input gets."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faur.kernel.units import HOUR
from faur.services.access.models import Application, Call
from faur.services.access.tests import world
from faur.services.access.tests.world import Role, acting, bearer
from faur.services.projects.models import Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(client):
    """Asks the API as a person: `api(user, "post", "/calls", {…})`."""

    tokens = {None: {}}

    def ask(user, method, path, body=None, **headers):
        if user not in tokens:
            tokens[user] = bearer(user)
        headers = {**tokens[user], **headers}
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        options = {} if body is None else {"data": data, "content_type": "application/json"}
        return getattr(client, method)(f"/api/v1{path}", headers=headers, **options)

    return ask


def call_body(pool):
    return {
        "title": "Playground", "mode": "playground", "summary": "s", "terms": "t", "pool": pool.uid,
        "opens_at": "2026-01-01T00:00:00Z", "closes_at": "2099-01-01T00:00:00+02:00", "max_amount": 20 * HOUR,
    }  # fmt: skip


def application_body(call, organisation):
    return {
        "call": call, "organisation": organisation.uid, "title": "Second reader", "amount": 10 * HOUR, "months": 3,
        "answers": world.ANSWERS,
    }  # fmt: skip


def test_the_way_from_a_call_to_a_project(api, olga, eva, ana):
    assert {mode["id"] for mode in api(None, "get", "/modes").json()["items"]} == {"playground", "fast-lane"}
    call = api(olga, "post", "/calls", call_body(world.pool()))
    assert call.status_code == 201
    uid = call.json()["id"]
    assert api(None, "get", "/calls").json()["items"][0]["id"] == uid
    assert "abstract" in api(None, "get", f"/calls/{uid}").json()["form"]["properties"]
    made = api(ana, "post", "/applications", application_body(uid, world.organisation(ana)) | {"answers": {}})
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    one = f"/applications/{made.json()['id']}"
    assert api(ana, "get", f"{one}/eligibility").json()["verdict"] == "unknown"
    assert api(ana, "post", f"{one}/submit").json()["code"] == "application.incomplete"
    changes = {"title": "A second reader", "amount": HOUR, "months": 1, "answers": world.ANSWERS}
    assert api(ana, "patch", one, changes).json()["title"] == "A second reader"
    assert api(ana, "post", f"{one}/submit").json()["place"] == 1
    eligibility = api(ana, "get", f"{one}/eligibility").json()
    assert eligibility["verdict"] == "yes"
    assert {"rule", "title", "answer", "reason", "code", "citation"} == set(eligibility["answers"][0])
    verdict = {"verdict": "pass", "comment": "It fits."}
    assert api(eva, "post", f"{one}/assess", verdict).json()["state"] == "assessed"
    award = api(olga, "post", f"{one}/award", {}).json()
    assert set(award) == {"award", "application", "project", "allocation", "amount"}
    assert api(ana, "get", one).json()["project"] == award["project"]
    assert api(olga, "post", f"/calls/{uid}/close").json()["state"] == "closed"


def test_an_application_is_declined_or_taken_back(api, olga, ana, call):
    first, second = world.submitted(ana, call), world.submitted(world.person("Bogdan"), call)
    declined = api(olga, "post", f"/applications/{first.uid}/decline", {"reason": "The pool is kept."}).json()
    assert (declined["state"], declined["decline_reason"]) == ("declined", "The pool is kept.")
    again = api(olga, "post", f"/applications/{first.uid}/decline", {"reason": "x"})
    assert (again.status_code, again.json()["code"]) == (409, "application.state_unfit")
    withdrawn = api(second.applicant, "post", f"/applications/{second.uid}/withdraw").json()
    assert withdrawn["state"] == "withdrawn"


ROUTES = [
    ("get", "/applications/{application}", None),
    ("get", "/applications/{application}/eligibility", None),
    ("patch", "/applications/{application}", {"title": "x", "amount": 1, "months": 1, "answers": {}}),
    ("post", "/applications/{application}/submit", None),
    ("post", "/applications/{application}/withdraw", None),
    ("post", "/applications/{application}/assess", {"verdict": "pass", "comment": "x"}),
    ("post", "/applications/{application}/award", {}),
    ("post", "/applications/{application}/decline", {"reason": "x"}),
    ("post", "/calls/{call}/close", None),
]


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_a_stranger_changes_nothing_and_nobody_in_particular_is_asked_who_they_are(api, ana, call, method, path, body):
    handed_in = world.submitted(ana, call)
    where = path.format(application=handed_in.uid, call=call.uid)
    assert api(None, method, where, body).status_code == 401
    refused = api(world.person("Mallory"), method, where, body)
    assert refused.status_code == (403 if "calls" in path else 404)
    nothing = path.format(application="app_nothing", call="call_nothing")
    assert api(ana, method, nothing, body).status_code == 404
    assert Application.objects.get().state == "submitted"


def test_a_stranger_cannot_apply_for_anothers_organisation(api, ana, call):
    theirs = world.organisation(ana)
    refused = api(world.person("Mallory"), "post", "/applications", application_body(call.uid, theirs))
    assert refused.status_code == 404


HUGE = 10**400
BAD_CALLS = [
    {"title": 7}, {"title": ""}, {"title": "x" * 201}, {"title": "a\x00b"}, {"title": "a\nb"}, {"title": None},
    {"mode": "none"}, {"mode": ["playground"]}, {"pool": "pol_nothing"}, {"pool": 7}, {"pool": "\x00"},
    {"opens_at": "yesterday"}, {"opens_at": "2026-01-01T00:00:00"}, {"opens_at": HUGE}, {"opens_at": -1e300},
    {"opens_at": float("nan")}, {"opens_at": float("inf")}, {"opens_at": "0001-01-01T00:00:00+14:00"},
    {"closes_at": "9999-12-31T23:59:59-12:00"}, {"closes_at": "2025-01-01T00:00:00Z"},
    {"max_amount": 0}, {"max_amount": -1}, {"max_amount": HUGE}, {"max_amount": 2**53}, {"max_amount": "many"},
    {"max_amount": float("nan")}, {"terms": "\x00"}, {"terms": "x" * 50_001}, {"summary": {"a": 1}},
]  # fmt: skip


@pytest.mark.parametrize("changes", BAD_CALLS, ids=lambda changes: str(changes)[:40])
def test_a_bad_call_is_refused_with_a_code(api, olga, changes):
    answer = api(olga, "post", "/calls", call_body(world.pool()) | changes)
    assert answer.status_code in {404, 422}, answer.content
    assert answer.json()["code"]
    assert not Call.objects.exists()


BAD_APPLICATIONS = [
    {"title": 7}, {"title": "a\x00b"}, {"title": "\ud800"}, {"title": " "}, {"amount": 0}, {"amount": HUGE},
    {"amount": 1.5}, {"amount": float("inf")}, {"months": 0}, {"months": 37}, {"months": HUGE}, {"months": "three"},
    {"answers": []}, {"answers": None}, {"answers": {"abstract": "\x00" * 50}},
    {"answers": {"abstract": "\ud800" * 50}}, {"answers": {"\ud800": 1}},
    {"answers": {"x\x00": 1}}, {"answers": {"civilian": float("nan")}},
    {"answers": {"civilian": HUGE}}, {"answers": {"sector": ["life-sciences"]}}, {"answers": {"sector": {}}},
    {"answers": {"unknown": True}}, {"answers": {"abstract": "x" * 3001}}, {"call": "call_nothing"}, {"call": 7},
    {"organisation": "org_nothing"}, {"organisation": None},
]  # fmt: skip


@pytest.mark.parametrize("changes", BAD_APPLICATIONS, ids=lambda changes: ascii(changes)[:40])
def test_a_bad_application_is_refused_with_a_code(api, ana, call, changes):
    body = json.dumps(application_body(call.uid, world.organisation(ana)) | changes)
    answer = api(ana, "post", "/applications", body)
    assert answer.status_code in {404, 422}, answer.content
    assert answer.json()["code"]
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"text"', b"[" * 100_000, b'{"verdict": "maybe", "comment": "x"}'],
    ids=lambda body: ascii(body)[:20],
)
def test_what_is_no_json_object_is_refused(api, eva, ana, call, body):
    answer = api(eva, "post", f"/applications/{world.submitted(ana, call).uid}/assess", body)
    assert answer.status_code in {400, 422}
    assert answer.json()["code"] in {"unreadable", "invalid"}


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", f"page={HUGE}", "size=0", "size=201", "search=%00", "state=%00", "call=%00"],
)
def test_bad_filters_are_refused(api, ana, query):
    assert api(ana, "get", f"/applications?{query}").status_code == 422


def test_fields_that_nobody_knows_change_nothing(api, ana, call):
    body = {**application_body(call.uid, world.organisation(ana)), "state": "awarded", "place": 1, "id": "app_x"}
    made = api(ana, "post", "/applications", body).json()
    assert (made["state"], made["place"]) == ("draft", None)


def test_the_same_key_applies_once_and_awards_once(api, olga, eva, ana, call):
    body = application_body(call.uid, world.organisation(ana))
    first, second = (api(ana, "post", "/applications", body, **{"Idempotency-Key": "k1"}) for _ in range(2))
    assert first.json() == second.json()
    assert second.headers["Idempotency-Replayed"] == "true"
    assert Application.objects.count() == 1
    one = f"/applications/{first.json()['id']}"
    for _ in range(2):
        api(ana, "post", f"{one}/submit", **{"Idempotency-Key": "k2"})
        api(eva, "post", f"{one}/assess", {"verdict": "pass", "comment": "x"}, **{"Idempotency-Key": "k3"})
        awarded = api(olga, "post", f"{one}/award", {}, **{"Idempotency-Key": "k4"})
        assert awarded.status_code == 200
    assert Project.objects.count() == 1
    assert api(olga, "post", f"{one}/award", {"amount": 1}, **{"Idempotency-Key": "k4"}).status_code == 422


def test_evaluators_read_what_was_handed_in_and_operators_all(api, olga, eva, ana, call):
    own = world.organisation(ana)
    world.draft(ana, call, by=own)
    world.submitted(ana, call, by=own)
    auditor = world.person("Vera", Role.AUDITOR)
    totals = {user.name: api(user, "get", "/applications").json()["total"] for user in (ana, olga, eva, auditor)}
    assert totals == {"Ana": 2, "Olga": 2, "Eva": 1, "Vera": 2}
    assert api(eva, "get", "/applications?state=draft").json()["total"] == 0
    assert api(olga, "get", f"/applications?state=draft&call={call.uid}&search=second").json()["total"] == 1
    assert acting(auditor).sees_all


@pytest.mark.parametrize("path", ["/calls", "/applications"])
def test_lists_run_no_more_queries_when_there_are_more_rows(api, olga, ana, path):
    source, own = world.pool(), world.organisation(ana)
    api(olga, "get", path)

    def more(rows):
        for _ in range(rows):
            world.submitted(ana, world.call(olga, source=source), by=own)
        with CaptureQueriesContext(connection) as ran:
            assert api(olga, "get", f"{path}?size=50").status_code == 200
        return len(ran)

    assert more(2) == more(8) <= 15
