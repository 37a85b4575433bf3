"""The pages of endpoints, as people of each role meet them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faur.kernel.actors.actor import Role
from faur.kernel.actors.directory import grant
from faur.kernel.actors.models import User
from faur.services.compute.tests.world import make_world
from faur.services.serving.actions.keys import issue_key
from faur.services.serving.hot import note_ready
from faur.services.serving.models import Endpoint, Key
from faur.services.serving.tests.test_endpoints import KIND
from faur.services.serving.tests.world import opened

MOST_QUERIES = 15


@pytest.fixture
def person(client, world):
    client.force_login(User.objects.get(uid=world.lead.uid))
    return client


@pytest.fixture
def key(world, endpoint):
    return issue_key(world.lead, endpoint, name="nightly", days=30)[0]


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def pages(endpoint, key):
    return {
        "/endpoints/": "second-reader",
        f"/endpoints/{endpoint.uid}/": "Ask it from a program",
        f"/endpoints/{endpoint.uid}/try/": "One row by hand",
        f"/endpoints/{endpoint.uid}/stop/": "Stop this endpoint?",
        f"/endpoints/new/?version={endpoint.model_version.uid}": "Open the endpoint",
        f"/keys/{key.uid}/revoke/": "Revoke this key?",
    }


def test_every_page_says_what_it_is_for_in_few_queries(person, endpoint, key):
    note_ready(endpoint.uid, KIND)
    for path, word in pages(endpoint, key).items():
        with CaptureQueriesContext(connection) as ran:
            shown = person.get(path)
        assert shown.status_code == 200, path
        assert word in text_of(shown), path
        assert len(ran) <= MOST_QUERIES, (path, len(ran), [query["sql"][:150] for query in ran])


def test_a_visitor_logs_in_a_stranger_finds_nothing_and_a_steward_only_looks(client, world, endpoint, key):
    own = [path for path in pages(endpoint, key) if path != "/endpoints/"]
    for path in own:
        assert client.get(path)["Location"].startswith("/login/?next=")
    client.force_login(User.objects.get(uid=make_world().lead.uid))
    for path in own:
        assert client.get(path).status_code == 404, path
    assert endpoint.uid not in client.get("/endpoints/").content.decode()
    steward = User.objects.create_user("steward@example.eu", None, name="Steward")
    grant(steward, Role.STEWARD, world.project.uid)
    client.force_login(steward)
    page = client.get(f"/endpoints/{endpoint.uid}/").content.decode()
    assert "Issue the key" not in page
    assert "/stop/" not in page
    for path in own[1:]:
        assert client.get(path).status_code == 403, path
    assert client.post(f"/endpoints/{endpoint.uid}/try/", {"f0": "1", "f1": "1"}).status_code == 403
    assert client.post(f"/endpoints/{endpoint.uid}/keys/", {"name": "x", "days": "1"}).status_code in {403, 422}
    assert Key.objects.count() == 1


def test_an_empty_list_teaches(person):
    assert "faur endpoint open" in text_of(person.get("/endpoints/"))


def test_an_endpoint_is_opened_by_name(person, model_version):
    path = f"/endpoints/new/?version={model_version.uid}"
    assert 'value="second-reader"' in person.get(path).content.decode()
    wrong = person.post(path, {"name": "Second Reader"})
    assert (wrong.status_code, "lower-case letters" in text_of(wrong)) == (422, True)
    made = person.post(path, {"name": "second-reader"})
    assert made.url == f"/endpoints/{Endpoint.objects.get().uid}/"
    taken = person.post(path, {"name": "second-reader"})
    assert (taken.status_code, "already" in text_of(taken)) == (422, True)


def test_while_the_engine_starts_the_page_looks_again_by_itself(person, endpoint):
    path = f"/endpoints/{endpoint.uid}/"
    assert f'hx-get="{path}"' in person.get(path).content.decode()
    note_ready(endpoint.uid, KIND)
    ready = person.get(path, headers={"HX-Request": "true"})
    assert ready.headers["HX-Refresh"] == "true"
    assert "data-live" not in ready.content.decode()


def test_a_key_is_shown_once_and_revoked_after_a_question(person, endpoint):
    made = person.post(f"/endpoints/{endpoint.uid}/keys/", {"name": "nightly", "days": "30"})
    secret = re.search(r"faur_key_[\w-]{43}", made.content.decode())[0]
    assert "no-store" in made["Cache-Control"]
    page = person.get(f"/endpoints/{endpoint.uid}/").content.decode()
    assert secret not in page
    assert secret[:15] in page
    key = Key.objects.get()
    assert person.post(f"/keys/{key.uid}/revoke/").url == f"/endpoints/{endpoint.uid}/"
    assert Key.objects.get().state == "revoked"
    wrong = person.post(f"/endpoints/{endpoint.uid}/keys/", {"name": "", "days": "9999"})
    assert wrong.status_code == 422


def test_a_stopped_endpoint_says_so_and_offers_nothing(person, endpoint):
    assert person.post(f"/endpoints/{endpoint.uid}/stop/").url == f"/endpoints/{endpoint.uid}/"
    page = text_of(person.get(f"/endpoints/{endpoint.uid}/"))
    assert "It was stopped" in page
    assert "Issue the key" not in page
    again = person.post(f"/endpoints/{endpoint.uid}/stop/")
    assert again.status_code == 409
    assert person.post(f"/endpoints/{endpoint.uid}/keys/", {"name": "x", "days": "1"}).status_code == 422


def test_the_form_is_made_of_the_models_features_and_the_snippets_of_its_values(person, endpoint):
    path = f"/endpoints/{endpoint.uid}/try/"
    page = text_of(person.get(path))
    assert "Training saw 0 to 59." in page
    assert "29.5" in page
    asked = person.post(path, {"f0": "12.5", "f1": "3"})
    assert asked.status_code == 422, "nothing answers in this test"
    assert "[12.5, 3" in text_of(asked)
    assert person.post(path, {"f0": "many", "f1": "3"}).status_code == 422


def test_pages_run_no_more_queries_when_there_are_more_rows(person, world, endpoint, model_version):
    def count(path):
        with CaptureQueriesContext(connection) as ran:
            assert person.get(path).status_code == 200
        return len(ran)

    paths = ["/endpoints/", f"/endpoints/{endpoint.uid}/", f"/projects/{world.project.uid}/"]
    issue_key(world.lead, endpoint, name="x", days=1)
    few = [count(path) for path in paths]
    for number in range(4):
        opened(world, model_version, f"reader-{number}")
        issue_key(world.lead, endpoint, name="x", days=1)
    assert [count(path) for path in paths] == few
    assert max(few) <= MOST_QUERIES


def test_the_trail_of_an_endpoint_marks_where_one_is(person, endpoint):
    page = person.get(f"/endpoints/{endpoint.uid}/").content.decode()
    assert re.search(r'class="trail-step endpoint[^"]* here"', page)
    on_version = person.get(f"/model-versions/{endpoint.model_version.uid}/").content.decode()
    assert f"/endpoints/{endpoint.uid}/" in on_version
    evidence = person.get(f"/model-versions/{endpoint.model_version.uid}/evidence/").content.decode()
    assert "second-reader" in evidence
