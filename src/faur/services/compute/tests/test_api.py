"""The routes of compute: what they take, answer and refuse."""

import json

import pytest

from faur.kernel.actors.actor import Role
from faur.kernel.actors.directory import grant
from faur.kernel.actors.models import Token, User
from faur.services.compute.models import Job
from faur.services.compute.tests.world import make_world, run_until_ended


class Api:
    """The API as one person uses it."""

    def __init__(self, client, user):
        self._client = client
        self._headers = {"Authorization": f"Bearer {Token.issue(user, 'test', None)[1]}"}

    def get(self, path):
        return self._client.get(f"/api/v1{path}", headers=self._headers)

    def post(self, path, body=None):
        content = json.dumps(body if body is not None else {})
        return self._client.post(f"/api/v1{path}", content, content_type="application/json", headers=self._headers)


@pytest.fixture
def api(client, world):
    return Api(client, User.objects.get(uid=world.lead.uid))


def body(world, **more):
    script = ["-c", "print('hello')"]
    return {
        "project": world.project.uid,
        "allocation": world.allocation.uid,
        "title": "By hand",
        "executable": "python3",
        "arguments": script,
        "duration": 60,
        **more,
    }


def test_a_job_is_ordered_listed_and_cancelled(api, world):
    ordered = api.post("/jobs", body(world))
    assert ordered.status_code == 201
    job = ordered.json()
    assert (job["state"], job["held"], job["unit"], job["used"]) == ("created", 60, "core-seconds", None)
    assert api.get(f"/jobs/{job['id']}").json()["title"] == "By hand"
    assert api.get("/jobs?state=active").json()["total"] == 1
    assert api.get("/jobs?state=completed").json()["total"] == 0
    assert api.get(f"/jobs?project={world.project.uid}&search=hand").json()["items"][0]["id"] == job["id"]
    assert api.post(f"/jobs/{job['id']}/cancel").json()["explanation"] == "It is being cancelled."
    again = api.post(f"/jobs/{job['id']}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "job.ending")


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"title": ""}, 422, "invalid"),
        ({"title": "a\x00b"}, 422, "unreadable"),
        ({"title": "a\x07b"}, 422, "invalid"),
        ({"executable": ""}, 422, "invalid"),
        ({"arguments": ["\x00"]}, 422, "unreadable"),
        ({"duration": 0}, 422, "invalid"),
        ({"duration": 10**9}, 422, "invalid"),
        ({"resources": {"cores": 3}}, 422, "job.too_large"),
        ({"resources": {"memory": 1}}, 422, "invalid"),
        ({"resources": {"gpus": 1}}, 422, "job.too_large"),
        ({"environment": {"FAUR_OUTPUTS": "/"}}, 422, "job.variable_unusable"),
        ({"environment": {"1": "x"}}, 422, "invalid"),
        ({"duration": 20 * 3600}, 409, "allocation.exhausted"),
        ({"project": "prj_unknown"}, 404, "not_found"),
        ({"allocation": "alc_unknown"}, 404, "not_found"),
    ],
)
def test_an_order_that_cannot_be_right_is_refused_and_nothing_is_held(api, world, more, status, code):
    answer = api.post("/jobs", body(world, **more))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not Job.objects.exists()


def test_a_stranger_finds_nothing(api, world, client):
    job = api.post("/jobs", body(world)).json()["id"]
    stranger = Api(client, User.objects.get(uid=make_world().lead.uid))
    for path in (f"/jobs/{job}", f"/jobs/{job}/log", f"/jobs/{job}/outputs"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"/jobs/{job}/cancel").status_code == 404
    assert stranger.get("/jobs").json()["total"] == 0
    assert stranger.get(f"/jobs?project={world.project.uid}").json()["total"] == 0


def test_only_an_operator_registers_a_cluster_and_a_second_local_one_is_refused(api, world, client):
    new = {"name": "again", "title": "Again", "kind": "local"}
    assert api.post("/clusters", new).status_code == 403
    operator = User.objects.create_user("operator@example.eu", None, name="Operator")
    grant(operator, Role.OPERATOR)
    refused = Api(client, operator).post("/clusters", new)
    assert (refused.status_code, refused.json()["code"]) == (409, "cluster.exists")
    unknown = Api(client, operator).post("/clusters", {**new, "kind": "slurm"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "cluster.kind_unknown")


def test_what_a_cluster_has_may_be_read(api, world):
    (cluster,) = api.get("/clusters").json()["items"]
    assert (cluster["kind"], cluster["cores"], cluster["gpus"]) == ("local", 2, 0)
    assert api.get(f"/clusters/{cluster['id']}").json()["name"] == "local"


def test_log_and_outputs_of_an_ended_job(live_world, scheduler, client):
    api = Api(client, User.objects.get(uid=live_world.lead.uid))
    script = "import os; print('hello'); open(os.environ['FAUR_OUTPUTS'] + '/iron.txt', 'w').write('iron')"
    job = api.post("/jobs", body(live_world, arguments=["-c", script])).json()["id"]
    waiting = api.get(f"/jobs/{job}/log")
    assert (waiting.content, waiting.headers["Faur-Log-Complete"]) == (b"", "false")
    run_until_ended(Job.objects.get(uid=job), scheduler=scheduler)
    log = api.get(f"/jobs/{job}/log?offset=2")
    assert (log.content, log.headers["Faur-Log-Offset"], log.headers["Faur-Log-Complete"]) == (b"llo\n", "6", "true")
    outputs = api.get(f"/jobs/{job}/outputs").json()
    assert [(file["path"], file["size"]) for file in outputs["items"]] == [("out/iron.txt", 4)]
    assert outputs["items"][0]["link"].startswith("/api/v1/bytes/")
    beyond = api.get(f"/jobs/{job}/log?offset=999")
    assert (beyond.content, beyond.headers["Faur-Log-Complete"]) == (b"", "true")
    assert api.get(f"/jobs/{job}/log?offset=-1").status_code == 422


def test_lists_run_no_more_queries_when_there_are_more_rows(api, world, django_assert_num_queries):
    for _ in range(2):
        world.submit("pass")
    with django_assert_num_queries(3):
        api.get("/jobs?size=50")
    for _ in range(10):
        world.submit("pass")
    with django_assert_num_queries(3):
        api.get("/jobs?size=50")
