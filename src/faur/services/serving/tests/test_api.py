"""The routes of serving: what they take, answer and refuse."""

import pytest

from faur.kernel.actors.models import User
from faur.services.compute.tests.test_api import Api
from faur.services.compute.tests.world import make_world
from faur.services.serving.models import Endpoint, Key
from faur.services.serving.tests.world import opened


@pytest.fixture
def api(client, world):
    return Api(client, User.objects.get(uid=world.lead.uid))


def test_an_endpoint_is_opened_listed_read_and_stopped(api, world, model_version):
    body = {"model_version": model_version.uid, "name": "second-reader", "project": world.project.uid}
    made = api.post("/endpoints", body)
    assert made.status_code == 201, made.content
    endpoint = made.json()
    assert (endpoint["state"], endpoint["manifest"]) == ("starting", model_version.manifest)
    assert endpoint["url"].endswith("/v2/models/second-reader")
    taken = api.post("/endpoints", body)
    assert (taken.status_code, taken.json()["code"]) == (409, "endpoint.name_taken")
    assert api.get(f"/endpoints?project={world.project.uid}&state=starting&search=reader").json()["total"] == 1
    assert api.get(f"/endpoints/{endpoint['id']}").json()["model_title"] == "Second reader"
    assert api.post(f"/endpoints/{endpoint['id']}/stop").json()["state"] == "stopped"
    assert api.post(f"/endpoints/{endpoint['id']}/stop").json()["code"] == "endpoint.stopped"


def test_a_key_shows_its_secret_once(api, client, endpoint):
    made = api.post(f"/endpoints/{endpoint.uid}/keys", {"name": "nightly", "days": 30})
    assert made.status_code == 201
    key = made.json()
    assert key["secret"].startswith(key["prefix"])
    listed = api.get(f"/endpoints/{endpoint.uid}/keys").json()["items"]
    assert [(one["id"], "secret" in one) for one in listed] == [(key["id"], False)]
    revoked = client.delete(f"/api/v1/keys/{key['id']}", headers=api._headers)
    assert revoked.status_code == 204
    assert Key.objects.get().state == "revoked"
    assert api.get(f"/endpoints/{endpoint.uid}/usage").json() == {"requests": 0, "rows": 0, "errors": 0, "hours": []}


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"model_version": "mdv_unknown"}, 404, "not_found"),
        ({"model_version": 7}, 422, "invalid"),
        ({"name": "Second Reader"}, 422, "endpoint.name_invalid"),
        ({"name": ""}, 422, "endpoint.name_invalid"),
        ({"name": "n" * 500}, 422, "invalid"),
        ({"project": "prj_another"}, 422, "endpoint.version_elsewhere"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_kept(api, model_version, more, status, code):
    answer = api.post("/endpoints", {"model_version": model_version.uid, "name": "second-reader", **more})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize("body", [{"name": "x", "days": 0}, {"name": "x", "days": 10**40}, {"name": "x" * 101}, {}])
def test_a_key_that_cannot_be_is_refused(api, endpoint, body):
    assert api.post(f"/endpoints/{endpoint.uid}/keys", body).status_code == 422
    assert not Key.objects.exists()


def test_a_stranger_finds_nothing(client, endpoint):
    stranger = Api(client, User.objects.get(uid=make_world().lead.uid))
    for path in ("", "/keys", "/usage"):
        assert stranger.get(f"/endpoints/{endpoint.uid}{path}").status_code == 404
    assert stranger.post(f"/endpoints/{endpoint.uid}/stop").status_code == 404
    assert stranger.post(f"/endpoints/{endpoint.uid}/keys", {"name": "x"}).status_code == 404
    assert stranger.get("/endpoints").json()["total"] == 0


def test_lists_run_no_more_queries_when_there_are_more_rows(api, world, model_version, django_assert_num_queries):
    for rows in (1, 5):
        for number in range(rows):
            opened(world, model_version, f"reader-{rows}-{number}")
        with django_assert_num_queries(3):
            api.get("/endpoints")
