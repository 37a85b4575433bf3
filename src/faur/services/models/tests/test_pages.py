"""The pages of the registry, as people of each role meet them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faur.kernel.actors.actor import SYSTEM, Role
from faur.kernel.actors.directory import grant
from faur.kernel.actors.models import User
from faur.services.compute.rules import State
from faur.services.compute.tests.world import make_world
from faur.services.models.actions.register_model import register_model
from faur.services.models.actions.screen_model import refuse_model
from faur.services.models.models import Model, ModelVersion
from faur.services.models.tests.world import PURPOSE, classified, ended_run, evaluated, naming, registered

MOST_QUERIES = 15


@pytest.fixture
def person(client, world):
    client.force_login(User.objects.get(uid=world.lead.uid))
    return client


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def pages(version):
    uid, model = version.uid, version.model.uid
    return {
        "/models/": "Second reader",
        f"/models/{model}/": PURPOSE,
        f"/model-versions/{uid}/": "What stands between it and use",
        f"/model-versions/{uid}/evidence/": "It was not measured yet",
        f"/model-versions/{uid}/promote/": "The record does not show enough yet",
        f"/model-versions/{uid}/retire/": "Take this version out of use?",
        f"/models/new/?run={version.run.uid}": "Register what the run made",
    }


def test_every_page_says_what_it_is_for_in_few_queries(person, model_version):
    for path, word in pages(model_version).items():
        with CaptureQueriesContext(connection) as ran:
            shown = person.get(path)
        assert shown.status_code == 200, path
        assert word in text_of(shown), path
        assert len(ran) <= MOST_QUERIES, (path, len(ran), [query["sql"][:150] for query in ran])


def test_a_visitor_is_sent_to_log_in_and_a_stranger_finds_nothing(client, model_version):
    paths = [path for path in pages(model_version) if path != "/models/"]
    for path in [*paths, "/models/"]:
        assert client.get(path)["Location"].startswith("/login/?next=")
    client.force_login(User.objects.get(uid=make_world().lead.uid))
    for path in paths:
        assert client.get(path).status_code == 404, path
    assert model_version.model.uid not in client.get("/models/").content.decode()


def test_an_empty_list_teaches(person):
    assert "faur model register" in text_of(person.get("/models/"))


def test_a_colleague_who_may_only_look_is_offered_nothing(client, world, model_version):
    steward = User.objects.create_user("steward@example.eu", None, name="Steward")
    grant(steward, Role.STEWARD, world.project.uid)
    client.force_login(steward)
    page = client.get(f"/model-versions/{model_version.uid}/").content.decode()
    assert "/questionnaire/" not in page
    assert "/evaluations/new/" not in page
    for path in ("promote", "retire"):
        assert client.get(f"/model-versions/{model_version.uid}/{path}/").status_code == 403
    assert client.get(f"/models/new/?run={model_version.run.uid}").status_code == 403


def test_a_run_is_registered_on_its_page(person, run):
    shown = person.get(f"/models/new/?run={run.uid}")
    assert "stands in the technical file word for word" in text_of(shown)
    wrong = person.post(f"/models/new/?run={run.uid}", {"name": "Second Reader", "title": "x", "intended_purpose": "y"})
    assert wrong.status_code == 422
    assert "lower-case letters" in text_of(wrong)
    empty = person.post(f"/models/new/?run={run.uid}", {"name": "", "title": "", "intended_purpose": ""})
    assert empty.status_code == 422
    form = {"name": "second-reader", "title": "Second reader", "intended_purpose": PURPOSE}
    made = person.post(f"/models/new/?run={run.uid}", form)
    version = ModelVersion.objects.get()
    assert made.url == f"/model-versions/{version.uid}/"
    assert version.model.intended_purpose == PURPOSE


def test_a_project_that_has_a_model_is_offered_its_name(person, world, version, model_version):
    other = ended_run(world, version)
    shown = person.get(f"/models/new/?run={other.uid}").content.decode()
    assert 'value="second-reader"' in shown
    assert PURPOSE in shown


def test_a_run_without_a_model_cannot_be_registered(person, world, version):
    failed = ended_run(world, version, state=State.FAILED)
    refused = person.get(f"/models/new/?run={failed.uid}")
    assert refused.status_code == 409
    assert "left no model" in text_of(refused)


def test_while_it_is_screened_the_page_looks_again_by_itself(person, world, run):
    version = register_model(world.lead, run, naming=naming())
    path = f"/model-versions/{version.uid}/"
    waiting = person.get(path)
    assert f'hx-get="{path}"' in waiting.content.decode()
    assert "HX-Refresh" not in person.get(path, headers={"HX-Request": "true"}).headers
    refuse_model(SYSTEM, version, code="model.format_refused", sentence="This is no ONNX model.")
    shown = person.get(path, headers={"HX-Request": "true"})
    assert shown.headers["HX-Refresh"] == "true"
    assert "This is no ONNX model." in text_of(shown)
    assert "data-live" not in shown.content.decode()


def test_a_version_shows_what_it_takes_gives_and_comes_from(person, model_version):
    page = person.get(f"/model-versions/{model_version.uid}/").content.decode()
    for word in ("probabilities", "FP32", "malignant", "/api/v1/bytes/", "tabular-classification", "Cells 1"):
        assert word in page, word
    assert f"/runs/{model_version.run.uid}/" in page


def test_each_gap_leads_to_what_mends_it(person, model_version):
    path = f"/model-versions/{model_version.uid}/"
    page = person.get(path).content.decode()
    assert f"/evaluations/new/?version={model_version.uid}" in page
    assert f"/questionnaire/?model={model_version.model.uid}" in page
    evaluated(model_version, committed_before_run=False)
    assert f"/thresholds/new/?project={model_version.model.project.uid}" in person.get(path).content.decode()


def test_a_person_promotes_and_retires_with_a_reason(person, model_version):
    evaluated(model_version)
    classified(model_version)
    path = f"/model-versions/{model_version.uid}/"
    assert "Nothing stands between it and use" in text_of(person.get(path))
    assert "On what the decision rests" in text_of(person.get(f"{path}promote/"))
    assert person.post(f"{path}promote/", {"reason": " "}).status_code == 422
    assert person.post(f"{path}promote/", {"reason": "It kept every bound."}).url == path
    assert "It may be used" in text_of(person.get(path))
    again = person.post(f"{path}promote/", {"reason": "Again."})
    assert again.status_code == 422
    assert "Only a registered version can be promoted" in text_of(again)
    assert person.post(f"{path}retire/", {"reason": "A better one is there."}).url == path
    assert "It is out of use" in text_of(person.get(path))


def test_what_is_missing_is_said_when_one_promotes_all_the_same(person, model_version):
    refused = person.post(f"/model-versions/{model_version.uid}/promote/", {"reason": "Now."})
    assert refused.status_code == 422
    assert "The record shows no evaluation" in text_of(refused)


def test_text_from_outside_is_escaped(person, world, version):
    registered(world, ended_run(world, version), naming(title="<b>bold</b>", purpose="<script>alert(1)</script>"))
    model = Model.objects.get()
    for path in ("/models/", f"/models/{model.uid}/", f"/model-versions/{ModelVersion.objects.get().uid}/"):
        page = person.get(path).content.decode()
        assert "<b>bold" not in page
        assert "<script>alert" not in page


def test_pages_run_no_more_queries_when_there_are_more_rows(person, world, version, model_version):
    def count(path):
        with CaptureQueriesContext(connection) as ran:
            assert person.get(path).status_code == 200
        return len(ran)

    paths = ["/models/", f"/models/{model_version.model.uid}/", f"/projects/{world.project.uid}/", "/"]
    paths.append(f"/projects/{world.project.uid}/work/")
    few = [count(path) for path in paths]
    for number in range(4):
        registered(world, ended_run(world, version), naming(f"reader-{number}"))
        registered(world, ended_run(world, version))
    assert [count(path) for path in paths] == few
    assert max(few) <= MOST_QUERIES, dict(zip(paths, few, strict=True))


def test_the_trail_tells_the_version_and_marks_where_one_is(person, world, model_version):
    on_project = person.get(f"/projects/{world.project.uid}/").content.decode()
    assert f"/model-versions/{model_version.uid}/" in on_project
    for path in (f"/model-versions/{model_version.uid}/", f"/models/{model_version.model.uid}/"):
        assert re.search(r'class="trail-step model[^"]* here"', person.get(path).content.decode()), path
