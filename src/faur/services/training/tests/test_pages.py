"""The pages of training, walked as a person would."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faur.kernel.actors.models import User
from faur.services.compute.tests.world import make_world, run_until_ended
from faur.services.training.actions.start_run import start_run
from faur.services.training.models import Run
from faur.services.training.tests.world import order, publish


@pytest.fixture
def person(client, world):
    client.force_login(User.objects.get(uid=world.lead.uid))
    return client


def first_screen(world, version, **more):
    asked = {"recipe": "tabular-classification", "project": world.project.uid, "allocation": world.allocation.uid}
    asked |= {"input-train": f"{version.uid}/train"} | more
    return "/runs/new/?" + "&".join(f"{name}={value}" for name, value in asked.items())


ANSWERS = {
    "p-target": "diagnosis",
    "p-family": "auto",
    "p-metric": "roc_auc",
    "p-folds": "3",
    "p-time_budget_s": "60",
    "p-seed": "7",
    "p-threshold": "0.5",
    "job-title": "By page",
    "job-cores": "1",
    "job-gpus": "0",
    "job-memory": "1.5",
    "job-minutes": "10",
}


def test_a_run_is_started_screen_by_screen_and_nothing_is_held_before_the_last(person, world, version):
    order(world, version)
    first = person.get("/runs/new/?recipe=tabular-classification").content.decode()
    assert "Cells, version 1, part train" in first
    assert "10 core hours free" in first
    address = first_screen(world, version)
    second = person.get(address).content.decode()
    assert "diagnosis" in second
    check = person.post(address, ANSWERS).content.decode()
    assert "Will be held" in check
    assert "10 core minutes" in check
    assert not Run.objects.exists()
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', check))
    assert kept | ANSWERS == kept
    changed = person.post(address, {**kept, "change": "1"})
    assert (changed.status_code, "By page" in changed.content.decode()) == (200, True)
    started = person.post(address, {**kept, "confirm": "1"})
    run = Run.objects.get()
    assert started.url == f"/runs/{run.uid}/"
    assert (run.title, run.parameters["folds"], run.job.held) == ("By page", 3, 600)


def test_wrong_answers_come_back_with_what_is_wrong(person, world, version):
    order(world, version)
    answer = person.post(first_screen(world, version), {**ANSWERS, "p-folds": "1"})
    assert answer.status_code == 422
    assert "There is something to put right" in answer.content.decode()
    too_long = person.post(first_screen(world, version), {**ANSWERS, "job-minutes": "2000", "confirm": "1"})
    assert too_long.status_code == 422
    assert "the allocation has" in too_long.content.decode()
    assert not Run.objects.exists()


def test_data_of_others_cannot_be_chosen(person, world, version):
    order(world, version)
    other = person.get(first_screen(world, version, **{"input-train": "dsv_01m8j7rpqze9pvxadg2cprs5t0/train"}))
    assert other.status_code == 422


def test_without_data_the_first_screen_teaches(person, world):
    order(world, None)
    assert "No data to run it on" in person.get("/runs/new/?recipe=tabular-classification").content.decode()


def test_a_recipe_that_is_not_there_is_not_found(person):
    assert person.get("/runs/new/?recipe=nonsense").status_code == 404


def test_a_person_without_project_is_told_how_to_get_one(client, world):
    order(world, None)
    client.force_login(User.objects.create_user("new@example.eu", None, name="New"))
    assert "You have no project to run it in" in client.get("/runs/new/?recipe=tabular-classification").content.decode()


def test_strangers_and_visitors_see_no_run(client, world, version):
    run = start_run(world.lead, world.project, order(world, version))
    assert client.get(f"/runs/{run.uid}/").status_code == 302
    client.force_login(User.objects.get(uid=make_world().lead.uid))
    for path in (f"/runs/{run.uid}/", f"/runs/{run.uid}/now/"):
        assert client.get(path).status_code == 404
    assert run.uid not in client.get("/runs/").content.decode()
    assert run.title not in client.get(f"/runs/compare/?run={run.uid}").content.decode()


def test_the_page_of_an_ended_run_shows_metrics_curves_and_files(client, live_world, live_version, scheduler):
    client.force_login(User.objects.get(uid=live_world.lead.uid))
    run = start_run(live_world.lead, live_world.project, order(live_world, live_version))
    waiting = client.get(f"/runs/{run.uid}/").content.decode()
    assert "Metrics appear here" in waiting
    assert f"/runs/{run.uid}/now/" in waiting
    run_until_ended(run.job, scheduler=scheduler, seconds=120)
    page = client.get(f"/runs/{run.uid}/").content.decode()
    assert "Area under the ROC curve" in page
    assert "<svg" in page
    assert "out/model.onnx" in page
    assert client.get(f"/runs/{run.uid}/now/").headers["HX-Refresh"] == "true"
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/runs/{run.uid}/")
    assert len(captured) <= 15
    assert "Quick" in client.get(f"/jobs/{run.job.uid}/").content.decode()


@pytest.mark.parametrize("path", ["/runs/", "/runs/?state=active&q=Quick", "/runs/compare/?run=", "/projects/"])
def test_lists_run_no_more_queries_when_there_are_more_rows(person, world, version, path):
    def count(runs):
        address = path + runs[0].uid + f"&run={runs[-1].uid}" if path.endswith("run=") else path
        with CaptureQueriesContext(connection) as captured:
            assert person.get(address).status_code == 200
        return len(captured)

    wanted = order(world, version)
    runs = [start_run(world.lead, world.project, wanted) for _ in range(2)]
    few = count(runs)
    runs += [start_run(world.lead, world.project, wanted) for _ in range(6)]
    assert count(runs) == few <= 15


def test_the_trail_of_the_project_tells_the_run(person, world, version):
    run = start_run(world.lead, world.project, order(world, version))
    page = person.get(f"/projects/{world.project.uid}/").content.decode()
    assert f"/runs/{run.uid}/" in page
    assert "Quick" in page


def test_a_second_project_asks_in_which_one_to_run(person, world, tmp_path):
    from faur.kernel.actors.actor import Role
    from faur.kernel.actors.directory import grant

    other = make_world()
    publish(world, tmp_path)
    order(world, None)
    grant(User.objects.get(uid=world.lead.uid), Role.MEMBER, other.project.uid)
    page = person.get("/runs/new/?recipe=tabular-classification").content.decode()
    assert "In which project?" in page
    assert other.project.uid in page
