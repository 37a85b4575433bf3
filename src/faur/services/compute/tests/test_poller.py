"""What becomes of jobs on a real local cluster: kept, charged and recorded once, however they end."""

import threading
import time
from itertools import pairwise

import pytest
from django.db import InterfaceError, connection

from faur.kernel import ledger
from faur.kernel.record import entries
from faur.kernel.units import MIB
from faur.services.compute import queries
from faur.services.compute.actions.cancel_job import cancel_job
from faur.services.compute.models import Cluster, Job
from faur.services.compute.polling import pollers
from faur.services.compute.polling.pollers import run_pollers
from faur.services.compute.tests.world import run_until_ended
from faur.services.projects.public import balance_of

HELLO = """
import os, json, pathlib
print("hello from the forge")
out, report = pathlib.Path(os.environ["FAUR_OUTPUTS"]), pathlib.Path(os.environ["FAUR_REPORT"])
(out / "model.txt").write_text("iron")
(report / "metrics.jsonl").write_text(json.dumps({"key": "loss", "value": 0.5, "step": 1, "time": 0}) + chr(10))
"""


def verbs(job: Job) -> list[str]:
    return [entry.verb for entry in entries(job.project.uid) if job.uid in str(entry.claims)]


def test_a_job_runs_and_all_that_it_left_is_kept_charged_and_recorded(live_world, scheduler):
    (job,) = run_until_ended(live_world.submit(HELLO, cores=2), scheduler=scheduler)
    assert (job.state, job.reason, job.exit_code) == ("completed", "", 0)
    assert [file.path for file in job.outputs] == ["out/model.txt", "report/metrics.jsonl"]
    assert b"".join(queries.blobs().open(queries.output_file(job, "out/model.txt").digest)) == b"iron"
    assert queries.read_log(job).content == b"hello from the forge\n"
    assert job.used == 2 * job.elapsed >= 2
    balance = balance_of(job.allocation)
    assert (balance.held, balance.balance) == (0, live_world.allocation.amount - job.used)
    assert verbs(job) == ["compute.submit_job", "compute.start_job", "compute.end_job"]
    assert ledger.check() == []


def test_the_record_of_the_end_names_every_output_by_its_digest(live_world, scheduler):
    (job,) = run_until_ended(live_world.submit(HELLO), scheduler=scheduler)
    claims = entries(job.project.uid).filter(verb="compute.end_job").get().claims
    assert [output["path"] for output in claims["outputs"]] == ["out/model.txt", "report/metrics.jsonl"]
    assert claims["charged"] == job.used
    assert claims["log"] == job.log_digest
    assert claims["sandbox"] == job.sandbox != ""


def test_a_program_that_fails_is_charged_and_its_log_kept(live_world, scheduler):
    (job,) = run_until_ended(live_world.submit("print('so far'); raise SystemExit(3)"), scheduler=scheduler)
    assert (job.state, job.reason, job.exit_code) == ("failed", "job.exit_code", 3)
    assert b"so far" in queries.read_log(job).content
    assert job.used >= 1


def test_a_job_over_its_time_ends_as_timed_out_and_pays_no_more_than_was_held(live_world, scheduler):
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    (job,) = run_until_ended(live_world.submit(stubborn, duration=1), scheduler=scheduler)
    assert (job.state, job.reason) == ("timeout", "job.wall_time")
    assert job.used == job.held == 1


def test_a_job_that_writes_too_much_ends_with_its_report_kept(live_world, scheduler):
    flood = """
import os, time
open(os.environ["FAUR_REPORT"] + "/refusal.json", "w").write('{"code": "x", "sentence": "too much"}')
with open(os.environ["FAUR_OUTPUTS"] + "/flood", "wb") as flood:
    for _ in range(200):
        flood.write(b"x" * 2**20); flood.flush(); time.sleep(0.01)
time.sleep(30)
"""
    (job,) = run_until_ended(live_world.submit(flood, disk=8 * MIB), scheduler=scheduler)
    assert (job.state, job.reason) == ("failed", "job.disk_exceeded")
    assert [file.path for file in job.outputs] == ["report/refusal.json"]
    assert queries.program_refusal(job).sentence == "too much"


def test_a_job_that_leaves_names_for_no_other_machine_keeps_its_report(live_world, scheduler):
    odd = """
import os
open(os.environ["FAUR_OUTPUTS"] + "/a\\nb", "w").close()
open(os.environ["FAUR_REPORT"] + "/metrics.jsonl", "w").close()
"""
    (job,) = run_until_ended(live_world.submit(odd), scheduler=scheduler)
    assert (job.state, job.reason) == ("failed", "job.names_not_portable")
    assert [file.path for file in job.outputs] == ["report/metrics.jsonl"]


def test_a_job_cancelled_before_it_was_handed_over_costs_nothing(live_world, scheduler):
    job = live_world.submit("pass")
    cancel_job(live_world.lead, job)
    (job,) = run_until_ended(job, scheduler=scheduler)
    assert (job.state, job.reason, job.used, job.handle) == ("cancelled", "job.cancelled", 0, "")
    assert balance_of(job.allocation).held == 0
    assert verbs(job) == ["compute.submit_job", "compute.cancel_job", "compute.end_job"]


def test_a_job_cancelled_after_a_crash_in_the_hand_over_is_not_left_running(live_world, scheduler):
    from asgiref.sync import async_to_sync

    from faur.services.compute.polling import steps

    job = live_world.submit("import time; time.sleep(60)")
    assert steps.offer(job)
    async_to_sync(scheduler.submit)(job.order, job.uid)  # and here the factory is killed
    cancel_job(live_world.lead, job)
    (job,) = run_until_ended(job, scheduler=scheduler)
    assert job.state == "cancelled"
    assert async_to_sync(scheduler.poll)([job.uid])[job.uid].state == "cancelled"


def test_a_running_job_is_cancelled_and_charged_for_what_it_used(live_world, scheduler):
    from faur.services.compute.announcements import job_observed

    def cancel_once_it_runs(job: Job) -> None:
        if job.state == "running" and Job.objects.get(pk=job.pk).cancel_asked_at is None:
            cancel_job(live_world.lead, job)

    job_observed.subscribe(cancel_once_it_runs)
    try:
        (job,) = run_until_ended(live_world.submit("import time; time.sleep(60)"), scheduler=scheduler)
    finally:
        job_observed._listeners.remove(cancel_once_it_runs)
    assert (job.state, job.reason) == ("cancelled", "job.cancelled")
    assert 1 <= job.used < job.held
    assert balance_of(job.allocation).held == 0


def test_a_job_that_the_cluster_forgot_is_lost_and_costs_nothing(live_world, scheduler):
    job = live_world.submit("pass")
    Job.objects.filter(pk=job.pk).update(
        state="running", handle="job_00000000000000000000000000", offered_at=job.created_at
    )
    (job,) = run_until_ended(job, scheduler=scheduler)
    assert (job.state, job.reason, job.used) == ("lost", "job.lost", 0)
    assert balance_of(job.allocation).held == 0


def test_a_job_that_the_scheduler_refuses_is_released(live_world, scheduler):
    job = live_world.submit("pass")
    spec = {**job.spec, "inputs": [{"path": "in/missing", "digest": f"sha256:{'0' * 64}", "size": 1}]}
    Job.objects.filter(pk=job.pk).update(spec=spec)
    (job,) = run_until_ended(job, scheduler=scheduler)
    assert (job.state, job.reason, job.used) == ("failed", "blob.not_found", 0)
    assert balance_of(job.allocation).held == 0


def test_more_jobs_than_places_wait_and_all_end(live_world, scheduler):
    jobs = [live_world.submit("import time; time.sleep(0.2)", cores=2) for _ in range(3)]
    ended = run_until_ended(*jobs, scheduler=scheduler)
    assert [job.state for job in ended] == ["completed"] * 3
    starts = sorted((job.started_at, job.ended_at) for job in ended)
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(starts))


def test_a_listener_that_fails_holds_up_no_job(live_world, scheduler):
    from faur.services.compute.announcements import job_observed

    def fail(job: Job) -> None:
        raise ValueError("a defect of a later service")

    job_observed.subscribe(fail)
    try:
        (job,) = run_until_ended(live_world.submit("import time; time.sleep(1)"), scheduler=scheduler)
    finally:
        job_observed._listeners.remove(fail)
    assert job.state == "completed"


@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_a_log_is_read_in_pieces(live_world, scheduler, limit):
    (job,) = run_until_ended(live_world.submit("print('ă' * 10)"), scheduler=scheduler)
    content, offset, complete = b"", 0, False
    while not complete:
        part = queries.read_log(job, offset, limit)
        content, offset, complete = content + part.content, part.next_offset, part.complete
    assert content.decode() == "ă" * 10 + "\n"


def test_what_a_cluster_has_is_asked_for_again_at_every_start(live_world, scheduler):
    Cluster.objects.update(capabilities={**live_world.cluster.capabilities, "cores": 64})
    run_until_ended(live_world.submit("pass"), scheduler=scheduler)
    assert Cluster.objects.get().place.cores == 2


def noting(asked):
    def note(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    return note


def test_a_poller_with_nothing_to_do_asks_little_of_the_database(live_world, scheduler):
    from asgiref.sync import async_to_sync

    from faur.services.compute.polling.database import Database
    from faur.services.compute.polling.poller import IDLE, Poller

    async def idle() -> list[str]:
        database = Database()
        poller = Poller(live_world.cluster.uid, scheduler, database)
        await poller.look()
        asked: list[str] = []
        await database(lambda: connection.execute_wrappers.append(noting(asked)))
        seconds = await poller.look()
        database.close()
        assert seconds == IDLE
        return asked

    assert len(async_to_sync(idle)()) == 1


def test_pollers_outlast_a_database_that_is_away_for_a_while(live_world, monkeypatch):
    away = iter([True])
    look = pollers._reachable

    def reachable():
        if next(away, False):
            raise InterfaceError("connection already closed")
        return look()

    monkeypatch.setattr(pollers, "_reachable", reachable)
    monkeypatch.setattr(pollers, "LOOK_FOR_CLUSTERS", 0.05)
    job, stop = live_world.submit("print('still here')"), threading.Event()
    watching = threading.Thread(target=run_pollers, args=(stop,))
    watching.start()
    try:
        until = time.monotonic() + 60
        while not Job.objects.get(pk=job.pk).has_ended and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        stop.set()
        watching.join()
    assert Job.objects.get(pk=job.pk).state == "completed"


def test_what_is_in_use_on_a_cluster_is_one_query_whatever_the_jobs(world, django_assert_num_queries):
    for state in ("running", "completing", "pending", "created"):
        Job.objects.filter(pk=world.submit("pass", cores=2).pk).update(state=state)
    with django_assert_num_queries(1):
        use = queries.in_use(world.cluster)
    assert (use.cores, use.gpus, use.running, use.waiting) == (4, 0, 2, 2)


def test_nothing_in_use_is_said_in_numbers(world):
    assert queries.in_use(world.cluster) == queries.InUse(0, 0, 0, 0)
