"""The routes of trust: what they take, answer and refuse."""

import json

import pytest

from faur.kernel import wiring
from faur.kernel.actors.models import User
from faur.kernel.tasks import drain
from faur.services.compute.tests.test_api import Api
from faur.services.compute.tests.world import make_world
from faur.services.trust.models import Declaration, Evaluation, RiskClassification, ThresholdSet
from faur.services.trust.ports import Renderer
from faur.services.trust.tests.test_documents import Plain
from faur.services.trust.tests.world import ANSWERS, ITEMS, SLICES, evaluated


@pytest.fixture
def api(client, world):
    return Api(client, User.objects.get(uid=world.lead.uid))


def test_thresholds_are_committed_listed_and_read(api, world):
    body = {"project": world.project.uid, "title": "T", "items": ITEMS, "slices": SLICES}
    made = api.post("/thresholds", body)
    assert made.status_code == 201, made.content
    kept = made.json()
    assert kept["items"] == ITEMS
    assert kept["entry"].startswith(f"{world.project.uid}#")
    assert api.get(f"/thresholds?project={world.project.uid}").json()["total"] == 1
    assert api.get(f"/thresholds/{kept['id']}").json()["digest"] == kept["digest"]


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"items": []}, 422, "thresholds.invalid"),
        ({"items": [{"metric": ["x"], "operator": {}, "value": [], "slice": {}, "id": []}]}, 422, "thresholds.invalid"),
        ({"items": [{"metric": "mae", "operator": "<=", "value": 10**400}]}, 422, None),
        ({"items": "all"}, 422, "invalid"),
        ({"items": [7]}, 422, "invalid"),
        ({"slices": [{}]}, 422, "thresholds.invalid"),
        ({"slices": [{"name": "a", "column": "a", "bins": {"x": 1}}]}, 422, "thresholds.invalid"),
        ({"title": "t" * 500}, 422, "invalid"),
        ({"project": "prj_unknown"}, 404, "not_found"),
    ],
)
def test_thresholds_that_cannot_be_are_refused_and_nothing_is_kept(api, world, more, status, code):
    body = {"project": world.project.uid, "title": "T", "items": ITEMS, "slices": SLICES, **more}
    answer = api.post("/thresholds", body)
    assert answer.status_code == status, answer.content
    assert code is None or answer.json()["code"] == code
    assert not ThresholdSet.objects.exists()


def test_an_evaluation_is_started_and_read_with_all_that_was_measured(api, world, thresholds, model_version, data):
    body = {
        "model_version": model_version.uid,
        "dataset_version": data.uid,
        "thresholds": thresholds.uid,
        "allocation": world.allocation.uid,
    }
    made = api.post("/evaluations", body)
    assert (made.status_code, made.json()["state"], made.json()["split"]) == (201, "running", "test")
    late = api.post("/evaluations", {**body, "split": "train"})
    assert (late.status_code, late.json()["code"]) == (404, "data.split_missing") or late.status_code in {404, 409, 422}
    for name in body:
        assert api.post("/evaluations", {**body, name: "unknown"}).status_code == 404, name
    ended = evaluated(world, model_version, thresholds, data, "pass", "fail")
    whole = api.get(f"/evaluations/{ended.uid}").json()
    assert (whole["state"], whole["committed_before_run"]) == ("failed", True)
    assert [one["status"] for one in whole["results"]] == ["pass", "fail", "pass"]
    assert {"unit", "direction", "method"} <= set(whole["measured"][0])
    assert api.get(f"/evaluations?model_version={model_version.uid}").json()["total"] == 2


def test_a_model_is_classified_and_the_reasons_come_along(api, world, model_version):
    model = model_version.model.uid
    made = api.post("/classifications", {"model": model, "answers": ANSWERS})
    assert made.status_code == 201, made.content
    assert (made.json()["tiers"], made.json()["explained"]["tiers"][0]["id"]) == (["minimal"], "minimal")
    earlier = api.post("/classifications", {"model": model, "answers": ANSWERS, "on": "2024-08-02"})
    assert earlier.json()["on"] == made.json()["on"], "a class holds for today, whatever day is asked for"
    assert api.get(f"/classifications?model={model}").json()["total"] == 2
    assert api.get(f"/classifications/{made.json()['id']}").json()["answers"]["role"] == ["provider"]
    big = api.post("/classifications", {"model": model, "answers": {**ANSWERS, "training_flop": 10**25}})
    assert big.status_code == 201


@pytest.mark.parametrize(
    "answers",
    [{"unheard": 1}, {"infers": []}, {"infers": {"a": 1}}, {"role": [1]}, {"role": "provider"}, [], "x", None],
)
def test_answers_that_cannot_be_are_refused(api, model_version, answers):
    answer = api.post("/classifications", {"model": model_version.model.uid, "answers": answers})
    assert answer.status_code == 422, answer.content
    assert not RiskClassification.objects.exists()


def test_an_item_is_declared(api, model_version):
    body = {"model": model_version.model.uid, "item": "2e", "text": "A pathologist reads every sample."}
    assert api.post("/declarations", body).status_code == 201
    for more, code in (
        ({"item": "99"}, "declaration.item_unknown"),
        ({"text": " "}, "declaration.text_missing"),
        ({"text": "x" * 20_001}, "invalid"),
        ({"excuses": "perhaps"}, "invalid"),
    ):
        answer = api.post("/declarations", {**body, **more})
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert Declaration.objects.count() == 1
    assert api.get(f"/declarations?model={body['model']}").json()["total"] == 1
    assert api.get("/declarations?project=prj_another").json()["total"] == 0


def test_a_file_is_written_and_fetched_by_a_link(api, model_version):
    wiring.wire(Renderer, Plain())
    made = api.post("/technical-files", {"model_version": model_version.uid, "language": "bg"}).json()
    early = api.get(f"/technical-files/{made['id']}/pdf")
    assert (early.status_code, early.json()["code"]) == (409, "document.not_ready")
    drain()
    file = api.get(f"/technical-files/{made['id']}").json()
    assert (file["state"], sorted(file["links"])) == ("ready", ["docx", "html", "json", "pdf"])
    fetched = api.get(f"/technical-files/{made['id']}/pdf")
    assert (fetched.status_code, fetched["Location"][:14]) == (302, "/api/v1/bytes/")
    assert api.get(f"/technical-files/{made['id']}/exe").status_code == 422
    assert api.get(f"/technical-files?model_version={model_version.uid}").json()["total"] == 1
    assert api.post("/technical-files", {"model_version": model_version.uid, "language": "xx"}).status_code == 422


def test_a_bundle_is_asked_for(api, world):
    made = api.post("/bundles", {"project": world.project.uid}).json()
    assert (made["state"], made["link"]) == ("writing", "")
    assert api.get(f"/bundles/{made['id']}").json()["state"] == "writing"
    assert api.get(f"/bundles?project={world.project.uid}").json()["total"] == 1


def test_a_stranger_finds_nothing(client, api, world, thresholds, model_version, data):
    ended = evaluated(world, model_version, thresholds, data)
    api.post("/classifications", {"model": model_version.model.uid, "answers": ANSWERS})
    api.post("/technical-files", {"model_version": model_version.uid})
    api.post("/bundles", {"project": world.project.uid})
    stranger = Api(client, User.objects.get(uid=make_world().lead.uid))
    for kind in ("thresholds", "evaluations", "classifications", "technical-files", "bundles"):
        (uid,) = {one["id"] for one in api.get(f"/{kind}").json()["items"]}
        assert stranger.get(f"/{kind}/{uid}").status_code == 404, kind
        assert stranger.get(f"/{kind}").json()["total"] == 0, kind
        assert stranger.get(f"/{kind}?project={world.project.uid}").json()["total"] == 0, kind
    for path, body in (
        ("/classifications", {"model": model_version.model.uid, "answers": {}}),
        ("/declarations", {"model": model_version.model.uid, "item": "2e", "text": "x"}),
        ("/technical-files", {"model_version": model_version.uid}),
        ("/bundles", {"project": world.project.uid}),
        ("/thresholds", {"project": world.project.uid, "items": ITEMS, "slices": SLICES}),
    ):
        assert stranger.post(path, body).status_code == 404, path
    assert ended.uid not in json.dumps(stranger.get("/evaluations").json())


def test_the_list_runs_no_more_queries_when_there_are_more_rows(
    api, world, thresholds, model_version, data, django_assert_num_queries
):
    for rows in (1, 3):
        for _ in range(rows):
            evaluated(world, model_version, thresholds, data)
        with django_assert_num_queries(3):
            api.get("/evaluations")
    assert Evaluation.objects.count() == 4
