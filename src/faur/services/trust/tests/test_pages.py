"""The pages of trust, walked as a person would: promises, evaluations, the questionnaire, files and bundles."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faur.kernel import wiring
from faur.kernel.actors.actor import Role
from faur.kernel.actors.directory import grant
from faur.kernel.actors.models import User
from faur.kernel.tasks import drain
from faur.services.compute.tests.world import make_world
from faur.services.trust.actions.classify_model import classify_model
from faur.services.trust.actions.export_evidence import export_evidence
from faur.services.trust.actions.start_evaluation import start_evaluation
from faur.services.trust.actions.write_technical_file import ask_technical_file
from faur.services.trust.models import Bundle, Declaration, Evaluation, TechnicalFile, ThresholdSet
from faur.services.trust.ports import Renderer
from faur.services.trust.tests.test_documents import Plain, today
from faur.services.trust.tests.world import ANSWERS, asked, committed, ended, evaluated, report

MOST_QUERIES = 15


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def pages(world, thresholds, model_version, data):
    """Every page of trust, and a word that stands on it."""
    wiring.wire(Renderer, Plain())
    test = evaluated(world, model_version, thresholds, data, "pass", "fail")
    risk = classify_model(world.lead, model_version.model, answers=ANSWERS, on=today())
    file = ask_technical_file(world.lead, model_version, language="en")
    drain()
    bundle = export_evidence(world.lead, world.project)
    model, project = model_version.model.uid, world.project.uid
    return {
        "/thresholds/": "What it must reach",
        f"/thresholds/{thresholds.uid}/": "What they judged",
        f"/thresholds/new/?project={project}": "Groups of rows",
        "/thresholds/new/": "In which project?",
        f"/evaluations/{test.uid}/": "At least one bound is not kept",
        f"/evaluations/new/?version={model_version.uid}": "Data to test on",
        f"/questionnaire/?model={model}&question=role": "What are you for this system?",
        f"/questionnaire/check/?model={model}": "Check your answers",
        f"/classifications/{risk.uid}/": "Minimal risk",
        f"/technical-files/{file.uid}/": "Gaps",
        f"/technical-files/new/?version={model_version.uid}": "Write the technical file",
        f"/bundles/{bundle.uid}/": "Evidence bundle",
        f"/bundles/new/?project={project}": "Export it now",
    }


def test_every_page_says_what_it_is_for_in_few_queries(person, pages):
    for path, word in pages.items():
        with CaptureQueriesContext(connection) as ran:
            shown = person.get(path)
        assert shown.status_code == 200, path
        assert word in text_of(shown), path
        assert len(ran) <= MOST_QUERIES, (path, len(ran), [query["sql"][:150] for query in ran])


def test_a_visitor_logs_in_and_a_stranger_finds_nothing(client, pages):
    for path in pages:
        assert client.get(path)["Location"].startswith("/login/?next="), path
    client.force_login(User.objects.get(uid=make_world().lead.uid))
    for path in pages.keys() - {"/thresholds/", "/thresholds/new/"}:
        assert client.get(path).status_code == 404, path
    assert "What it must reach" not in client.get("/thresholds/").content.decode()


def test_a_steward_looks_and_is_offered_no_form(client, world, pages):
    steward = User.objects.create_user("steward@example.eu", None, name="Steward")
    grant(steward, Role.STEWARD, world.project.uid)
    client.force_login(steward)
    for path in pages:
        allowed = "/new/" not in path and "questionnaire" not in path
        expected = {200} if allowed or path in {"/thresholds/new/"} or path.startswith("/bundles/new/") else {403}
        assert client.get(path).status_code in expected, path
    file = next(path for path in pages if path.startswith("/technical-files/tfl"))
    assert "Declare it" not in text_of(client.get(file))
    assert client.post(file, {"item": "2e", "text": "x"}).status_code in {403, 422}
    assert not Declaration.objects.exists()


def rows(**more):
    return {
        "title": "What it must reach",
        "slices-TOTAL_FORMS": "1",
        "slices-INITIAL_FORMS": "0",
        "slices-0-name": "weight",
        "slices-0-column": "weight",
        "slices-0-bins": "5; 8,5",
        "items-TOTAL_FORMS": "3",
        "items-INITIAL_FORMS": "0",
        "items-0-metric": "roc_auc",
        "items-0-operator": ">=",
        "items-0-value": "0,9",
        "items-1-metric": "recall",
        "items-1-operator": ">=",
        "items-1-value": "0.8",
        "items-1-slice": "weight=<5",
        "items-2-operator": ">=",
        **more,
    }


def test_thresholds_are_committed_after_all_was_seen_once_more(person, world):
    path = f"/thresholds/new/?project={world.project.uid}"
    more = person.post(path, rows(**{"more-items": "1"}))
    assert more.status_code == 200
    assert 'name="items-3-metric"' in more.content.decode()
    assert "weight=[5,8.5)" in text_of(person.post(path, rows(**{"more-slices": "1"})))
    check = person.post(path, rows())
    assert "never changed" in text_of(check)
    assert not ThresholdSet.objects.exists()
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', unescape(check.content.decode())))
    changed = person.post(path, {**kept, "change": "1"})
    assert (changed.status_code, 'value="0,9"' in changed.content.decode()) == (200, True)
    made = person.post(path, {**kept, "confirm": "1"})
    found = ThresholdSet.objects.get()
    assert made.url == f"/thresholds/{found.uid}/"
    assert [item["value"] for item in found.items] == [0.9, 0.8]
    assert found.slices == [{"name": "weight", "column": "weight", "bins": [5.0, 8.5]}]
    assert found.items[1]["slice"] == "weight=<5"


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"title": ""}, "This field is required"),
        ({"items-0-value": "many"}, "Enter a number"),
        ({"items-0-value": "95"}, "lies between 0 and 1"),
        ({"items-0-value": ""}, "This field is required"),
        ({"items-1-slice": "weight=<6"}, "None of the slices makes this group"),
        ({"items-0-metric": "luck"}, "not one of the available choices"),
        ({"slices-0-bins": "8; 5"}, "ascend"),
        ({"slices-0-bins": "many"}, "Write numbers"),
        ({"slices-0-column": ""}, "This field is required"),
        ({"items-0-metric": "", "items-0-value": "", "items-1-metric": "", "items-1-value": ""}, "1 to 200 bounds"),
    ],
)
def test_what_cannot_be_promised_comes_back_with_what_is_wrong(person, world, more, word):
    path = f"/thresholds/new/?project={world.project.uid}"
    for button in ({}, {"confirm": "1"}):
        answer = person.post(path, {**rows(**more), **button})
        assert answer.status_code == 422
        assert "There is something to put right" in text_of(answer)
        assert word in text_of(answer), word
    assert not ThresholdSet.objects.exists()


def test_broken_rows_are_no_error_of_the_program(person, world):
    path = f"/thresholds/new/?project={world.project.uid}"
    for broken in ({}, {"items-TOTAL_FORMS": "x"}, {"items-TOTAL_FORMS": "99999"}, {"title": "a\x00b"}):
        assert person.post(path, {**rows(), **broken} if broken else {}).status_code in {200, 422}


def test_an_evaluation_is_started_on_its_page(person, world, thresholds, model_version, data):
    late = committed(world, title="Lowered")
    path = f"/evaluations/new/?version={model_version.uid}"
    page = text_of(person.get(path))
    assert "Other cells 1, part test" in page
    assert "Lowered (committed after the run began)" in page
    assert "15 core minutes" in page
    form = {"part": f"{data.uid}/test", "thresholds": thresholds.uid, "allocation": world.allocation.uid}
    wrong = person.post(path, {**form, "part": "dsv_other/test"})
    assert wrong.status_code == 422
    made = person.post(path, form)
    evaluation = Evaluation.objects.get()
    assert made.url == f"/evaluations/{evaluation.uid}/"
    assert late.uid


def test_parts_that_training_saw_are_not_offered_and_nothing_teaches(person, world, model_version, version):
    page = text_of(person.get(f"/evaluations/new/?version={model_version.uid}"))
    assert "There are no data to test it on" in page
    ThresholdSet.objects.all().delete()
    assert "no thresholds to hold it against" in text_of(person.get(f"/evaluations/new/?version={model_version.uid}"))


def test_while_it_runs_the_page_looks_again_by_itself(person, world, thresholds, model_version, data):
    started = start_evaluation(world.lead, model_version, test=asked(world, thresholds, data))
    path = f"/evaluations/{started.uid}/"
    assert f'hx-get="{path}"' in person.get(path).content.decode()
    ended(started, report(started))
    shown = person.get(path, headers={"HX-Request": "true"})
    assert shown.headers["HX-Refresh"] == "true"
    page = shown.content.decode()
    assert "Every bound is kept" in page
    assert "The thresholds were there before the run" in page
    assert page.count("<svg") >= 2
    assert re.search(r'<img src="/api/v1/bytes/[^"]+" alt="Reliability', page)


def test_an_evaluation_without_a_report_says_why(person, world, thresholds, model_version, data):
    started = start_evaluation(world.lead, model_version, test=asked(world, thresholds, data))
    ended(started, b"not json")
    page = text_of(person.get(f"/evaluations/{started.uid}/"))
    assert "cannot be read" in page
    assert "Read the log" in page


@pytest.fixture
def file(world, model_version):
    wiring.wire(Renderer, Plain())
    made = ask_technical_file(world.lead, model_version, language="en")
    drain()
    return TechnicalFile.objects.get(pk=made.pk)


def test_a_file_shows_gaps_first_and_leads_to_its_bytes_and_entries(person, world, file):
    path = f"/technical-files/{file.uid}/"
    page = person.get(path).content.decode()
    assert page.index("Gaps") < page.index("Evidenced by the record")
    assert f'href="/record/{world.project.uid}/' in page
    assert 'href="/record/factory/' not in page, "entries of the factory are not theirs to open"
    fetched = person.get(f"{path}pdf/")
    assert fetched.url.startswith("/api/v1/bytes/")
    assert person.get(f"{path}exe/").status_code == 404


def test_an_item_is_declared_on_the_page_of_the_file(person, file):
    path = f"/technical-files/{file.uid}/"
    empty = person.post(path, {"item": "2e", "text": "  "})
    assert empty.status_code == 422
    assert "This field is required" in text_of(empty)
    assert person.post(path, {"item": "99", "text": "x"}).status_code == 422
    made = person.post(path, {"item": "2e", "text": "A pathologist reads <b>every</b> sample."})
    assert made.url == f"{path}#item-2e"
    page = person.get(path).content.decode()
    assert "Declared since this file was written" in page
    assert "&lt;b&gt;every" in page
    assert Declaration.objects.get().item == "2e"


def test_a_new_file_is_asked_for_and_watched(person, model_version):
    wiring.wire(Renderer, Plain())
    path = f"/technical-files/new/?version={model_version.uid}"
    assert person.post(path, {"language": "xx"}).status_code == 422
    made = person.post(path, {"language": "ro"})
    assert f'hx-get="{made.url}"' in person.get(made.url).content.decode()
    early = person.get(f"{made.url}pdf/")
    assert early.status_code == 409
    drain()
    assert person.get(made.url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_a_bundle_says_how_anybody_checks_it(person, world):
    made = person.post(f"/bundles/new/?project={world.project.uid}")
    bundle = Bundle.objects.get()
    assert made.url == f"/bundles/{bundle.uid}/"
    assert f'hx-get="{made.url}"' in person.get(made.url).content.decode()
    Bundle.objects.update(state="ready", digest="sha256:" + "0" * 64, size=4096, entries=12)
    page = person.get(made.url).content.decode()
    assert "faur verify evidence.zip --key" in page
    assert "/api/v1/bytes/" in page


def test_pages_run_no_more_queries_when_there_are_more_rows(person, world, thresholds, model_version, data):
    def count(path):
        with CaptureQueriesContext(connection) as ran:
            assert person.get(path).status_code == 200
        return len(ran)

    evaluated(world, model_version, thresholds, data)
    paths = [
        "/thresholds/", f"/thresholds/{thresholds.uid}/", f"/evaluations/new/?version={model_version.uid}",
        f"/model-versions/{model_version.uid}/evidence/", f"/model-versions/{model_version.uid}/", "/",
    ]  # fmt: skip
    few = [count(path) for path in paths]
    for number in range(3):
        committed(world, title=f"Set {number}")
        evaluated(world, model_version, thresholds, data)
    assert [count(path) for path in paths] == few
    assert max(few) <= MOST_QUERIES


def test_the_trail_tells_evaluation_and_file_and_marks_where_one_is(person, pages):
    for prefix, stretch in (("/evaluations/eva", "evaluation"), ("/technical-files/tfl", "technical_file")):
        path = next(path for path in pages if path.startswith(prefix))
        assert re.search(rf'class="trail-step {stretch}[^"]* here"', person.get(path).content.decode()), path
