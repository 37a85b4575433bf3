"""The routes of data: the whole way, who may take it, and what bad input gets."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faur.kernel.blobs import read_link
from faur.kernel.tasks import drain
from faur.services.data.actions.publish_version import MOST_FILES
from faur.services.data.models import Contract, Dataset, DatasetVersion
from faur.services.data.rules import Purpose
from faur.services.data.tests import world
from faur.services.data.tests.world import bearer

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(client):
    """Asks the API as a person: `api(user, "post", "/datasets", {…})`."""
    tokens = {None: {}}

    def ask(user, method, path, body=None, **headers):
        if user not in tokens:
            tokens[user] = bearer(user)
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        options = {} if body is None else {"data": data, "content_type": "application/json"}
        return getattr(client, method)(f"/api/v1{path}", headers={**tokens[user], **headers}, **options)

    return ask


def dataset_body(place):
    return {
        "project": place.uid, "name": "cells", "title": "Cells", "description": "d", "licence": "CC0-1.0",
        "sheet": world.SHEET, "policy": world.POLICY,
    }  # fmt: skip


def files_body(user, place, **changes):
    file = world.uploaded(user, place)
    return {"files": [{"path": file.path, "split": file.split, "receipt": file.receipt, **changes}]}


def test_the_way_from_a_description_to_a_contract(api, ana, place):
    made = api(ana, "post", "/datasets", dataset_body(place))
    assert made.status_code == 201
    one = f"/datasets/{made.json()['id']}"
    assert api(ana, "patch", one, {**dataset_body(place), "title": "Other cells"}).json()["title"] == "Other cells"
    assert api(ana, "get", f"/datasets?project={place.uid}&search=other").json()["total"] == 1
    version = api(ana, "post", f"{one}/versions", files_body(ana, place))
    assert (version.status_code, version.json()["state"]) == (201, "checking")
    drain()
    shown = api(ana, "get", f"/dataset-versions/{version.json()['id']}").json()
    assert (shown["state"], shown["number"], shown["may_read_files"]) == ("published", 1, True)
    assert [column["name"] for column in shown["profile"][0]["columns"]] == ["size", "diagnosis"]
    link = read_link(shown["files"][0]["link"].rpartition("/")[2])
    assert (link.digest, link.filename, link.media_type) == (shown["files"][0]["digest"], "t.csv", "text/csv")
    listed = api(ana, "get", f"{one}/versions").json()["items"]
    assert [one["id"] for one in listed] == [shown["id"]]
    assert "profile" not in listed[0]
    told = {"version": shown["id"], "project": place.uid, "purpose": "training"}
    contract = api(ana, "post", "/contracts", told)
    assert (contract.status_code, contract.json()["state"]) == (201, "active")
    assert api(ana, "get", f"/contracts/{contract.json()['id']}").json()["purpose"] == "training"
    assert api(ana, "get", f"/contracts?project={place.uid}&state=active").json()["total"] == 1


def test_a_contract_that_waits_is_approved_or_declined(api, ana, place):
    version = world.published(ana, world.dataset(ana, place, requires_approval=True))
    steward = world.joined(ana, place, "Stela", "steward")
    first, second = (world.agreed(ana, place, version, purpose) for purpose in Purpose)
    assert api(steward, "post", f"/contracts/{first.uid}/approve").json()["state"] == "active"
    assert api(steward, "post", f"/contracts/{second.uid}/decline").json()["state"] == "declined"
    again = api(steward, "post", f"/contracts/{first.uid}/decline")
    assert (again.status_code, again.json()["code"]) == (409, "contract.decided")


def test_who_has_no_contract_sees_the_shape_of_shared_data_and_none_of_it(api, ana, place, mihai, elsewhere):
    version = world.published(ana, world.dataset(ana, place, permissions=["training", "sharing"]))
    shown = api(mihai, "get", f"/dataset-versions/{version.uid}")
    assert shown.json()["may_read_files"] is False
    assert "link" not in shown.json()["files"][0]
    assert shown.json()["profile"][0]["columns"] == [{"name": "size", "type": "number", "missing": 0}]
    assert "2.5" not in shown.content.decode()
    told = {"version": version.uid, "project": elsewhere.uid, "purpose": "training"}
    assert api(mihai, "post", "/contracts", told).json()["state"] == "active"
    assert "link" in api(mihai, "get", f"/dataset-versions/{version.uid}").json()["files"][0]


ROUTES = [
    ("get", "/datasets/{dataset}", None),
    ("patch", "/datasets/{dataset}", "dataset"),
    ("get", "/datasets/{dataset}/versions", None),
    ("post", "/datasets/{dataset}/versions", "files"),
    ("get", "/dataset-versions/{version}", None),
    ("get", "/contracts/{contract}", None),
    ("post", "/contracts/{contract}/approve", None),
    ("post", "/contracts/{contract}/decline", None),
]


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_stranger_finds_nothing_and_nobody_in_particular_is_asked_who_they_are(api, ana, place, mihai, route):
    method, path, body = route
    made = world.dataset(ana, place, requires_approval=True)
    version = world.published(ana, made)
    contract = world.agreed(ana, place, version)
    where = path.format(dataset=made.uid, version=version.uid, contract=contract.uid)
    sent = {"dataset": dataset_body(place), "files": files_body(mihai, place)}.get(body)
    assert api(None, method, where, sent).status_code == 401
    assert api(mihai, method, where, sent).status_code == 404
    nothing = path.format(dataset="dts_nothing", version="dsv_nothing", contract="con_nothing")
    assert api(ana, method, nothing, sent).status_code == 404
    assert (Contract.objects.get().state, DatasetVersion.objects.count()) == ("pending", 1)


def test_a_stranger_brings_no_data_into_a_project_and_agrees_for_none(api, ana, place, mihai, elsewhere):
    assert api(mihai, "post", "/datasets", dataset_body(place)).status_code == 404
    version = world.published(ana, world.dataset(ana, place))
    for project in (place, elsewhere):
        told = {"version": version.uid, "project": project.uid, "purpose": "training"}
        assert api(mihai, "post", "/contracts", told).status_code == 404
    assert not Contract.objects.exists()


HUGE = 10**400
BAD_DATASETS = [
    {"title": 7}, {"title": ""}, {"title": "x" * 201}, {"title": "a\x00"}, {"title": "\ud800"}, {"name": "A"},
    {"name": None}, {"name": HUGE}, {"licence": ""}, {"licence": []}, {"description": "\x00"},
    {"description": "x" * 20_001}, {"sheet": []}, {"sheet": None}, {"sheet": {}},
    {"sheet": {**world.SHEET, "personal_data": []}}, {"sheet": {**world.SHEET, "personal_data": HUGE}},
    {"sheet": {**world.SHEET, "origin": float("nan")}}, {"sheet": {**world.SHEET, "\ud800": "x"}},
    {"sheet": {**world.SHEET, "uses": "\x00"}}, {"policy": []}, {"policy": {}}, {"policy": {"permissions": None}},
    {"policy": {"permissions": [[]]}}, {"policy": {"permissions": [{}]}}, {"policy": {"permissions": [float("inf")]}},
    {"policy": {**world.POLICY, "expires_on": 1e308}}, {"policy": {**world.POLICY, "expires_on": "9999-99-99"}},
    {"policy": {**world.POLICY, "expires_on": {}}}, {"policy": {**world.POLICY, "requires_approval": 1}},
    {"policy": {**world.POLICY, "prohibitions": [None]}}, {"policy": {**world.POLICY, "\x00": 1}},
    {"project": "prj_nothing"}, {"project": 7}, {"project": "\x00"},
]  # fmt: skip


@pytest.mark.parametrize("changes", BAD_DATASETS, ids=lambda changes: ascii(changes)[:50])
def test_a_bad_data_set_is_refused_with_a_code(api, ana, place, changes):
    answer = api(ana, "post", "/datasets", json.dumps(dataset_body(place) | changes))
    assert answer.status_code in {404, 422}, answer.content
    assert answer.json()["code"]
    assert not Dataset.objects.exists()


BAD_FILES = [
    {"path": "../t.csv"}, {"path": ""}, {"path": "a\x00b"}, {"path": "\ud800"}, {"path": 7}, {"path": "x" * 501},
    {"path": "a//b"}, {"split": "Train"}, {"split": None}, {"split": ""}, {"split": "x" * 41}, {"receipt": ""},
    {"receipt": "forged:1:2"}, {"receipt": "\x00"}, {"receipt": "\ud800"}, {"receipt": "x" * 2001}, {"receipt": []},
    {"receipt": HUGE}, {"path": None},
]  # fmt: skip


@pytest.mark.parametrize("changes", BAD_FILES, ids=lambda changes: ascii(changes)[:40])
def test_bad_files_are_refused_with_a_code(api, ana, place, changes):
    made = world.dataset(ana, place)
    answer = api(ana, "post", f"/datasets/{made.uid}/versions", json.dumps(files_body(ana, place, **changes)))
    assert answer.status_code == 422, answer.content
    assert answer.json()["code"]
    assert not DatasetVersion.objects.exists()


@pytest.mark.parametrize("files", [None, [], {}, "t.csv", [None], [7], [{}], [{"path": "t.csv"}]], ids=str)
def test_what_is_no_list_of_files_is_refused(api, ana, place, files):
    made = world.dataset(ana, place)
    assert api(ana, "post", f"/datasets/{made.uid}/versions", {"files": files}).status_code == 422


def test_too_many_files_and_too_long_a_note_are_refused(api, ana, place):
    made, one = world.dataset(ana, place), files_body(ana, place)["files"][0]
    where = f"/datasets/{made.uid}/versions"
    assert api(ana, "post", where, {"files": [one] * (MOST_FILES + 1)}).status_code == 422
    assert api(ana, "post", where, {"files": [one], "note": "x" * 501}).status_code == 422
    assert api(ana, "post", where, {"files": [one, one]}).json()["code"] == "dataset.files_invalid"


@pytest.mark.parametrize(
    "changes",
    [{"purpose": "selling"}, {"purpose": 7}, {"purpose": None}, {"version": "dsv_nothing"}, {"version": []},
     {"project": "\x00"}, {"project": HUGE}],
    ids=str,
)  # fmt: skip
def test_a_bad_contract_is_refused_with_a_code(api, ana, place, changes):
    version = world.published(ana, world.dataset(ana, place))
    told = {"version": version.uid, "project": place.uid, "purpose": "training"} | changes
    answer = api(ana, "post", "/contracts", told)
    assert answer.status_code in {404, 422}, answer.content
    assert not Contract.objects.exists()


@pytest.mark.parametrize("query", ["page=0", "page=x", "size=201", "search=%00", "project=%00"])
def test_bad_filters_are_refused(api, ana, query):
    assert api(ana, "get", f"/datasets?{query}").status_code == 422


def test_a_receipt_of_another_person_is_refused_with_a_code(api, ana, place):
    other = world.joined(ana, place, "Bogdan", "member")
    made = world.dataset(ana, place)
    refused = api(ana, "post", f"/datasets/{made.uid}/versions", files_body(other, place))
    assert (refused.status_code, refused.json()["code"]) == (422, "dataset.files_invalid")
    assert set(refused.json()["fields"]) == {"files.0.receipt"}


def test_the_same_key_publishes_once(api, ana, place):
    made, body = world.dataset(ana, place), files_body(ana, place)
    first, second = (
        api(ana, "post", f"/datasets/{made.uid}/versions", body, **{"Idempotency-Key": "k1"}) for _ in range(2)
    )
    assert first.json() == second.json()
    assert DatasetVersion.objects.count() == 1
    described = [api(ana, "post", "/datasets", dataset_body(place) | {"name": "other"}, **{"Idempotency-Key": "k2"})
                 for _ in range(2)]  # fmt: skip
    assert [one.status_code for one in described] == [201, 201]
    assert Dataset.objects.count() == 2


@pytest.mark.parametrize("path", ["/datasets", "/contracts", "/datasets/{dataset}/versions"])
def test_lists_run_no_more_queries_when_there_are_more_rows(api, ana, place, path):
    made = world.dataset(ana, place)
    api(ana, "get", "/me")

    def more(rows):
        for _ in range(rows):
            version = world.published(ana, made)
            world.agreed(ana, place, version)
            world.dataset(ana, place, name=f"d{Dataset.objects.count()}-x")
        with CaptureQueriesContext(connection) as ran:
            assert api(ana, "get", f"{path.format(dataset=made.uid)}?size=50").status_code == 200
        return len(ran)

    assert more(2) == more(6) <= 15
