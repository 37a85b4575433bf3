"""The pages of compute, as people of each role meet them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faur.kernel.actors.actor import Role
from faur.kernel.actors.directory import grant
from faur.kernel.actors.models import User
from faur.services.compute.models import Job
from faur.services.compute.tests.world import make_world, run_until_ended


def log_in(client, world):
    client.force_login(User.objects.get(uid=world.lead.uid))


def queries_of(client, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200, path
    return len(captured)


def test_a_visitor_is_sent_to_log_in(client, world):
    job = world.submit("pass")
    for path in ("/jobs/", f"/jobs/{job.uid}/", f"/jobs/{job.uid}/cancel/", "/clusters/"):
        answer = client.get(path)
        assert (answer.status_code, answer.url) == (302, f"/login/?next={path}")


def test_a_stranger_meets_the_page_of_what_is_not_there(client, world):
    job = world.submit("pass")
    log_in(client, make_world())
    for path in (f"/jobs/{job.uid}/", f"/jobs/{job.uid}/now/", f"/jobs/{job.uid}/cancel/", "/jobs/job_nonsense/"):
        assert client.get(path).status_code == 404, path


def test_an_empty_list_teaches(client, world):
    log_in(client, world)
    page = client.get("/jobs/").content.decode()
    assert "faur run tabular-classification" in page


def test_the_page_of_a_job_that_waits_says_what_is_held_and_lets_it_be_cancelled(client, world):
    log_in(client, world)
    job = world.submit("pass")
    page = client.get(f"/jobs/{job.uid}/").content.decode()
    assert "Held" in page
    assert f"/jobs/{job.uid}/cancel/" in page
    assert f"/api/v1/jobs/{job.uid}/events" in page
    assert "Cancel this job?" in client.get(f"/jobs/{job.uid}/cancel/").content.decode()
    assert client.post(f"/jobs/{job.uid}/cancel/").url == f"/jobs/{job.uid}/"
    assert Job.objects.get(pk=job.pk).cancelled_by == world.lead.uid
    assert client.post(f"/jobs/{job.uid}/cancel/").status_code == 409


def test_the_page_of_an_ended_job_shows_log_files_and_charge(client, live_world, scheduler):
    log_in(client, live_world)
    script = "import os; print('<b>hello</b>'); open(os.environ['FAUR_OUTPUTS'] + '/iron.txt', 'w').write('iron')"
    (job,) = run_until_ended(live_world.submit(script), scheduler=scheduler)
    page = client.get(f"/jobs/{job.uid}/").content.decode()
    assert "&lt;b&gt;hello&lt;/b&gt;" in page
    assert "out/iron.txt" in page
    assert "Charged" in page
    assert "data-stream" not in page
    assert client.get(f"/jobs/{job.uid}/now/").headers["HX-Refresh"] == "true"
    assert (
        "hello"
        not in client.get(f"/jobs/{job.uid}/?offset=15").content.decode().split("h-log")[1].split("</section>")[0]
    )


def test_the_page_of_a_failed_job_says_why_and_what_to_do(client, live_world, scheduler):
    log_in(client, live_world)
    (job,) = run_until_ended(live_world.submit("raise SystemExit(3)"), scheduler=scheduler)
    page = client.get(f"/jobs/{job.uid}/").content.decode()
    assert "The program ended with an error of its own." in page
    assert "exit status 3" in page


def test_operators_see_how_busy_a_cluster_is_and_others_do_not(client, world):
    log_in(client, world)
    path = f"/clusters/{world.cluster.uid}/"
    assert "in use" not in client.get(path).content.decode()
    assert client.get("/clusters/new/").status_code == 403
    grant(User.objects.get(uid=world.lead.uid), Role.OPERATOR)
    assert "0 in use" in client.get(path).content.decode()
    refused = client.post("/clusters/new/", {"name": "again", "title": "Again", "kind": "local"})
    assert refused.status_code == 422
    assert "registered already" in refused.content.decode()


@pytest.mark.parametrize("path", ["/jobs/", "/jobs/?state=active&q=job", "/clusters/"])
def test_pages_of_lists_run_no_more_queries_when_there_are_more_rows(client, world, path):
    log_in(client, world)
    for _ in range(3):
        world.submit("pass")
    few = queries_of(client, path)
    for _ in range(10):
        world.submit("pass")
    assert queries_of(client, path) == few <= 15


def test_the_page_of_a_job_stays_within_fifteen_queries(client, world):
    log_in(client, world)
    job = world.submit("pass")
    assert queries_of(client, f"/jobs/{job.uid}/") <= 15
