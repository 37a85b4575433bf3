"""The routes of the registry: what they take, answer and refuse."""

import pytest

from faur.kernel.actors.models import User
from faur.services.compute.tests.test_api import Api
from faur.services.compute.tests.world import make_world
from faur.services.models.models import ModelVersion
from faur.services.models.tests.world import classified, ended_run, evaluated, registered


@pytest.fixture
def api(client, world):
    return Api(client, User.objects.get(uid=world.lead.uid))


def body(ended, **more):
    return {"run": ended.uid, "name": "second-reader", "title": "Second reader", "intended_purpose": "Helps.", **more}


def test_a_model_is_registered_listed_and_read(api, world, run):
    made = api.post("/models", body(run, project=world.project.uid))
    assert made.status_code == 201
    version = made.json()
    assert (version["state"], version["number"], version["run"]) == ("screening", 1, run.uid)
    assert (version["files"], version["signature"]) == ([], {})
    listed = api.get(f"/models?project={world.project.uid}&search=reader").json()
    assert [one["id"] for one in listed["items"]] == [version["model"]]
    model = api.get(f"/models/{version['model']}").json()
    assert (model["intended_purpose"], [one["id"] for one in model["versions"]]) == ("Helps.", [version["id"]])
    assert api.get(f"/model-versions/{version['id']}").json()["title"] == "Second reader 1"


def test_files_come_with_links(api, model_version):
    files = api.get(f"/model-versions/{model_version.uid}").json()["files"]
    assert [file["path"] for file in files] == ["model.json", "model.onnx"]
    assert all(file["link"].startswith("/api/v1/bytes/") for file in files)


def test_the_gate_says_what_is_missing_in_codes_and_words(api, world, model_version):
    gate = api.get(f"/model-versions/{model_version.uid}/gate").json()
    assert gate["gaps"] == ["not_evaluated", "not_classified"]
    assert [one["code"] for one in gate["missing"]] == ["model.not_evaluated", "model.not_classified"]
    refused = api.post(f"/model-versions/{model_version.uid}/promote", {"reason": "Now."})
    assert (refused.status_code, refused.json()["code"]) == (409, "model.not_evaluated")
    test, risk = evaluated(model_version), classified(model_version)
    gate = api.get(f"/model-versions/{model_version.uid}/gate").json()
    assert (gate["gaps"], gate["grounds"]) == ([], {"evaluation": str(test), "classification": str(risk)})
    assert api.post(f"/model-versions/{model_version.uid}/promote", {"reason": "Now."}).json()["state"] == "promoted"
    assert api.post(f"/model-versions/{model_version.uid}/retire", {"reason": "Old."}).json()["state"] == "retired"
    again = api.post(f"/model-versions/{model_version.uid}/retire", {"reason": "Old."})
    assert (again.status_code, again.json()["code"]) == (409, "model.state_unfit")


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"run": "run_unknown"}, 404, "not_found"),
        ({"run": "a\x00b"}, 422, None),
        ({"run": None}, 422, "invalid"),
        ({"name": "Second Reader"}, 422, "model.name_invalid"),
        ({"name": ""}, 422, "model.name_invalid"),
        ({"name": "a" * 5000}, 422, "invalid"),
        ({"title": "a\x00b"}, 422, None),
        ({"title": "t" * 201}, 422, "invalid"),
        ({"intended_purpose": "a\x00b"}, 422, None),
        ({"intended_purpose": "p" * 5001}, 422, "invalid"),
        ({"intended_purpose": "\ud800"}, 422, None),
        ({"project": "prj_another"}, 422, "model.run_elsewhere"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_kept(api, run, more, status, code):
    answer = api.post("/models", body(run, **more))
    assert answer.status_code == status, answer.content
    assert code is None or answer.json()["code"] == code
    assert not ModelVersion.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "a\x00b", "r" * 2001, None, 7])
def test_a_reason_that_is_none_is_refused(api, model_version, reason):
    evaluated(model_version)
    classified(model_version)
    assert api.post(f"/model-versions/{model_version.uid}/promote", {"reason": reason}).status_code == 422


def test_a_stranger_finds_nothing(client, api, model_version):
    stranger = Api(client, User.objects.get(uid=make_world().lead.uid))
    uid, model = model_version.uid, model_version.model.uid
    for path in (f"/models/{model}", f"/model-versions/{uid}", f"/model-versions/{uid}/gate"):
        assert stranger.get(path).status_code == 404
    for verb in ("promote", "retire"):
        assert stranger.post(f"/model-versions/{uid}/{verb}", {"reason": "Mine."}).status_code == 404
    assert stranger.get("/models").json()["total"] == 0
    assert stranger.post("/models", body(model_version.run)).status_code == 404


def test_strange_addresses_are_not_found(api):
    for path in ("/models/x", "/models/mdl_%00", "/model-versions/mdv_1", "/models?search=%00", "/models?project=%00"):
        assert api.get(path).status_code in {404, 422}, path


def test_lists_run_no_more_queries_when_there_are_more_rows(
    api, world, version, model_version, django_assert_num_queries
):
    for rows in (1, 4):
        for _ in range(rows):
            registered(world, ended_run(world, version))
        with django_assert_num_queries(4):
            api.get(f"/models/{model_version.model.uid}")
        with django_assert_num_queries(3):
            api.get("/models")
