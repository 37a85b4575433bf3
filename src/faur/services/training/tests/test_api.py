"""The routes of training: what they take, answer and refuse."""

import pytest

from faur.kernel.actors.models import User
from faur.services.compute.tests.test_api import Api
from faur.services.compute.tests.world import make_world
from faur.services.training.actions.start_run import start_run
from faur.services.training.models import Run
from faur.services.training.tests.world import order


@pytest.fixture
def api(client, world):
    return Api(client, User.objects.get(uid=world.lead.uid))


def body(world, version, **more):
    order(world, None)
    return {
        "project": world.project.uid,
        "allocation": world.allocation.uid,
        "recipe": "tabular-classification",
        "inputs": {"train": {"version": version.uid, "split": "train"}},
        "parameters": {"target": "diagnosis", "folds": 2},
        "resources": {"cores": 1, "duration": 100},
        **more,
    }


def test_a_run_is_started_listed_read_and_cancelled(api, world, version):
    answer = api.post("/runs", body(world, version, title="By hand"))
    assert answer.status_code == 201
    run = answer.json()
    assert (run["state"], run["recipe"], run["held"], run["metrics"]) == ("created", "tabular-classification", 100, {})
    assert run["parameters"]["seed"] == 0
    assert run["inputs"]["train"]["manifest"] == version.manifest
    assert run["job"].startswith("job_")
    assert (run["refusal"], run["progress"], run["outputs"]) == (None, None, [])
    assert api.get(f"/runs/{run['id']}").json()["title"] == "By hand"
    assert api.get("/runs?state=active&search=hand").json()["total"] == 1
    assert api.get(f"/runs/{run['id']}/metrics").json() == {"items": []}
    assert api.post(f"/runs/{run['id']}/cancel").json()["explanation"] == "It is being cancelled."


def test_resources_that_are_not_named_are_the_recipes(api, world, version):
    run = api.post("/runs", body(world, version, resources={})).json()
    assert run["held"] == 2 * 15 * 60


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"recipe": "nonsense"}, 404, "not_found"),
        ({"recipe": "../etc"}, 422, "invalid"),
        ({"recipe_version": "99"}, 404, "not_found"),
        ({"inputs": {}}, 422, "run.inputs_invalid"),
        ({"inputs": {"test": {"version": "dsv_1"}}}, 422, "run.inputs_invalid"),
        ({"inputs": {"train": {"version": "dsv_unknown"}}}, 404, "not_found"),
        ({"parameters": {}}, 422, "recipe.parameters_invalid"),
        ({"parameters": {"target": "diagnosis", "folds": 1}}, 422, "recipe.parameters_invalid"),
        ({"parameters": {"target": "diagnosis", "unheard": 1}}, 422, "recipe.parameters_invalid"),
        ({"parameters": {"target": "outcome"}}, 422, "data.column_missing"),
        ({"parameters": {"target": "always"}}, 422, "data.single_class"),
        ({"parameters": {"target": "diagnosis", "threshold": float("nan")}}, 422, None),
        ({"resources": {"cores": 64}}, 422, "job.too_large"),
        ({"resources": {"duration": 10**6}}, 409, "allocation.exhausted"),
        ({"resources": {"cores": 0}}, 422, "invalid"),
        ({"title": "a\x00b"}, 422, "unreadable"),
        ({"project": "prj_unknown"}, 404, "not_found"),
    ],
)
def test_an_order_that_cannot_be_right_is_refused_and_nothing_is_held(api, world, version, more, status, code):
    answer = api.post("/runs", body(world, version, **more))
    assert answer.status_code == status, answer.content
    assert code is None or answer.json()["code"] == code
    assert not Run.objects.exists()


def test_metrics_are_read_by_key_and_the_last_of_each_without(api, world, version):
    from faur.services.training.ingest import _store
    from faur.services.training.rules import parse

    run = start_run(world.lead, world.project, order(world, version))
    lines = b'{"key": "loss", "value": 0.5, "step": 1, "time": 0}\n{"key": "loss", "value": "NaN", "step": 2}\n'
    _store(run, parse(lines, 0, whole=True))
    assert api.get(f"/runs/{run.uid}/metrics").json()["items"] == [
        {"key": "loss", "step": 2, "value": "NaN", "at": None}
    ]
    items = api.get(f"/runs/{run.uid}/metrics?key=loss").json()["items"]
    assert [(item["step"], item["value"]) for item in items] == [(1, 0.5), (2, "NaN")]
    assert items[0]["at"].startswith("1970-01-01")
    assert api.get(f"/runs/{run.uid}/metrics?key=unknown").json() == {"items": []}
    assert api.get(f"/runs/{run.uid}").json()["metrics"] == {"loss": "NaN"}


def test_runs_are_compared_by_what_differs(api, world, version):
    one = start_run(world.lead, world.project, order(world, version))
    two = start_run(world.lead, world.project, order(world, version, folds=3))
    answer = api.get(f"/runs/compare?run={two.uid}&run={one.uid}&run=run_unknown").json()
    assert [run["id"] for run in answer["items"]] == [two.uid, one.uid]
    assert answer["differing"] == ["folds"]


def test_a_stranger_finds_nothing(api, world, version, client):
    run = start_run(world.lead, world.project, order(world, version))
    stranger = Api(client, User.objects.get(uid=make_world().lead.uid))
    for path in (f"/runs/{run.uid}", f"/runs/{run.uid}/metrics"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"/runs/{run.uid}/cancel").status_code == 404
    assert stranger.get("/runs").json()["total"] == 0
    assert stranger.get(f"/runs/compare?run={run.uid}").json()["items"] == []


def test_the_list_runs_no_more_queries_when_there_are_more_rows(api, world, version, django_assert_num_queries):
    wanted = order(world, version)
    for runs in (2, 6):
        for _ in range(runs):
            start_run(world.lead, world.project, wanted)
        with django_assert_num_queries(3):
            api.get("/runs?size=50")
