"""What every place where jobs run promises, asked of each adapter: the life of a job."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from faur.kernel.errors import Refusal
from faur.kernel.ids import new_uid
from faur.kernel.units import GIB, Seconds
from faur.services.compute.ports import Handle, InputFile, JobSpec, JobState, RunName
from tests.contracts.cluster import CORES, GPUS, Cluster, asks, factory_that_is_killed

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
QUICK = "print('done')"
LONG = "import time; print('begun', flush=True); time.sleep(60)"
COUNTS_ITS_STARTS = """
    import os, time
    with open(os.environ["FAUR_OUTPUTS"] + "/starts", "a") as file:
        file.write("x")
    print("begun", flush=True)
    time.sleep(0.5)
"""


async def test_a_job_runs_and_leaves_what_it_made(cluster: Cluster) -> None:
    handle = await cluster.submit(
        """
        import json, os
        with open(os.environ["FAUR_INPUTS"] + "/table/a.csv") as table, open(os.environ["FAUR_PARAMETERS"]) as given:
            made = table.read() * json.load(given)["times"]
        with open(os.environ["FAUR_OUTPUTS"] + "/made.csv", "w") as out:
            out.write(made)
        with open(os.environ["FAUR_REPORT"] + "/metrics.jsonl", "w") as report:
            report.write("{}")
        print("this is said")
        """,
        {"in/table/a.csv": b"1,2\n", "parameters.json": b'{"times": 3}'},
    )
    seen = await cluster.ended(handle)
    assert (seen.state, seen.reason, seen.exit_code) == (JobState.COMPLETED, "", 0), await cluster.text(handle)
    assert seen.started_at <= seen.ended_at <= datetime.now(UTC)
    assert "this is said\n" in await cluster.text(handle)
    assert [file.path for file in await cluster.scheduler.outputs(handle)] == ["out/made.csv", "report/metrics.jsonl"]
    assert await cluster.scheduler.read(handle, "out/made.csv") == b"1,2\n" * 3
    assert await cluster.scheduler.read(handle, "out/made.csv", offset=9, limit=2) == b",2"


async def test_a_program_that_fails_says_with_what(cluster: Cluster) -> None:
    seen, _log = await cluster.run("import sys; sys.exit(65)")
    assert (seen.state, seen.reason, seen.exit_code) == (JobState.FAILED, "job.exit_code", 65)
    seen, _log = await cluster.run("import os; os.abort()")
    assert (seen.state, seen.reason, seen.exit_code) == (JobState.FAILED, "job.signal", 134)


async def test_submitting_twice_under_one_name_runs_once(cluster: Cluster) -> None:
    job, name = cluster.job(COUNTS_ITS_STARTS), RunName(new_uid("job"))
    handles = await asyncio.gather(*(cluster.scheduler.submit(job, name) for _ in range(4)))
    assert len(set(handles)) == 1
    await cluster.ended(handles[0])
    assert await cluster.scheduler.submit(job, name) == handles[0]
    assert (await cluster.observe(handles[0])).state is JobState.COMPLETED
    assert await cluster.scheduler.read(handles[0], "out/starts") == b"x"


async def test_a_name_that_was_forgotten_is_not_run_again(cluster: Cluster) -> None:
    handle = await cluster.submit(QUICK)
    ended = await cluster.ended(handle)
    await cluster.scheduler.forget(handle)
    await cluster.scheduler.forget(handle)
    assert await cluster.scheduler.submit(cluster.job(QUICK), RunName(handle)) == handle
    assert await cluster.observe(handle) == ended
    assert (await cluster.scheduler.outputs(handle), await cluster.text(handle)) == ([], "")


async def test_a_job_that_has_not_ended_is_not_forgotten(cluster: Cluster) -> None:
    handle = await cluster.submit(LONG)
    with pytest.raises(Refusal) as refused:
        await cluster.scheduler.forget(handle)
    assert refused.value.code == "job.not_ended"


async def test_a_job_that_the_place_does_not_know_is_lost(cluster: Cluster) -> None:
    for unknown in (Handle(new_uid("job")), Handle("../../etc"), Handle("")):
        assert (await cluster.observe(unknown)).state is JobState.LOST
        await cluster.scheduler.cancel(unknown)
        await cluster.scheduler.forget(unknown)
        assert await cluster.scheduler.log(unknown, 0) == b""


async def test_two_that_do_not_fit_together_run_one_after_the_other(cluster: Cluster) -> None:
    first = await cluster.submit("import time; time.sleep(0.5)", resources=asks(cores=CORES))
    second = await cluster.submit(QUICK)
    assert (await cluster.observe(second)).queue_position == 1
    ends, begins = await cluster.ended(first), await cluster.ended(second)
    assert ends.ended_at <= begins.started_at


async def test_the_higher_priority_goes_first_and_nobody_passes_the_head(cluster: Cluster) -> None:
    holder = await cluster.submit(LONG)
    large = await cluster.submit(QUICK, resources=asks(cores=CORES))
    small = await cluster.submit(QUICK)
    urgent = await cluster.submit(QUICK, priority=5, resources=asks(cores=CORES))
    seen = await cluster.scheduler.poll([large, small, urgent])
    assert [seen[job].queue_position for job in (urgent, large, small)] == [1, 2, 3]
    await cluster.scheduler.cancel(holder)
    starts = [(await cluster.ended(job)).started_at for job in (urgent, large, small)]
    assert starts == sorted(starts)


async def test_no_gpu_is_given_to_two_jobs(cluster: Cluster) -> None:
    program = "import os, time; print('GPU', os.environ['CUDA_VISIBLE_DEVICES'], flush=True); time.sleep(0.3)"
    handles = [await cluster.submit(program, resources=asks(gpus=gpus)) for gpus in (1, 1, 0, 2)]
    for handle in handles:
        await cluster.ended(handle)
    said = [(await cluster.text(handle)).partition("GPU ")[2].strip() for handle in handles]
    assert sorted(said[:2]) == ["0", "1"]
    assert said[2:] == ["", "0,1"]


async def test_a_job_larger_than_the_place_is_refused(cluster: Cluster) -> None:
    for more in ({"cores": CORES + 1}, {"gpus": GPUS + 1}, {"memory": 64 * GIB}):
        with pytest.raises(Refusal) as refused:
            await cluster.submit(QUICK, resources=asks(**more))
        assert refused.value.code == "job.too_large"


async def test_a_log_is_read_while_it_grows_from_where_one_stopped(cluster: Cluster) -> None:
    handle = await cluster.submit("import time\nfor n in range(3): print('line', n); time.sleep(0.3)")
    read, pieces = b"", []
    while b"line 2\n" not in read:
        await cluster.observe(handle)
        piece = await cluster.scheduler.log(handle, len(read), 64)
        read += piece
        pieces += [piece] if piece else []
        await asyncio.sleep(0.05)
    assert len(pieces) > 1
    assert b"line 0\nline 1\nline 2\n" in read
    assert await cluster.scheduler.log(handle, len(read)) == b""


async def test_a_job_that_waits_is_cancelled_and_never_starts(cluster: Cluster) -> None:
    holder = await cluster.submit(LONG, resources=asks(cores=CORES))
    waiting = await cluster.submit(COUNTS_ITS_STARTS)
    await cluster.scheduler.cancel(waiting)
    seen = await cluster.observe(waiting)
    assert (seen.state, seen.reason, seen.started_at) == (JobState.CANCELLED, "job.cancelled", None)
    await cluster.scheduler.cancel(holder)
    await cluster.ended(holder)
    assert await cluster.scheduler.outputs(waiting) == []
    assert waiting not in [row.handle async for row in cluster.scheduler.usage(BEGINNING)]


async def test_a_cancelled_job_is_charged_for_what_it_used(cluster: Cluster) -> None:
    handle = await cluster.submit("print('begun', flush=True)\nwhile True: pass", resources=asks(cores=2, gpus=1))
    await cluster.said(handle, "begun")
    await asyncio.sleep(0.6)
    await cluster.scheduler.cancel(handle)
    seen = await cluster.ended(handle)
    assert (seen.state, seen.reason) == (JobState.CANCELLED, "job.cancelled")
    [row] = [row async for row in cluster.scheduler.usage(BEGINNING)]
    assert (row.name, row.state, row.cores, row.gpus) == (handle, JobState.CANCELLED, 2, 1)
    assert 1 <= row.elapsed <= 4
    assert 0.05 < row.cpu_seconds < 4
    assert row.max_memory > 4 * 1024 * 1024


async def test_ending_an_ended_job_changes_nothing(cluster: Cluster) -> None:
    handle = await cluster.submit(QUICK)
    ended = await cluster.ended(handle)
    await cluster.scheduler.cancel(handle)
    assert await cluster.observe(handle) == ended


async def test_usage_names_each_job_that_ended_since(cluster: Cluster) -> None:
    first = await cluster.submit(QUICK)
    ended = await cluster.ended(first)
    second = await cluster.submit(QUICK)
    await cluster.ended(second)
    await cluster.scheduler.forget(first)
    assert {row.handle async for row in cluster.scheduler.usage(ended.ended_at)} == {first, second}
    later = ended.ended_at + timedelta(microseconds=1)
    assert [row.handle async for row in cluster.scheduler.usage(later)] == [second]


async def test_jobs_survive_the_kill_of_their_scheduler_and_none_is_doubled(cluster: Cluster) -> None:
    names = [new_uid("job") for _ in range(3)]
    await factory_that_is_killed(cluster, names, COUNTS_ITS_STARTS)
    for name in names:
        await cluster.submit(COUNTS_ITS_STARTS, name=name)
    for name in names:
        assert (await cluster.ended(Handle(name))).state is JobState.COMPLETED
        assert await cluster.scheduler.read(Handle(name), "out/starts") == b"x"
    assert {row.name async for row in cluster.scheduler.usage(BEGINNING)} == set(names)


async def test_a_job_is_cancelled_and_limited_after_a_restart(cluster: Cluster) -> None:
    limited, running = await cluster.submit(LONG, duration=Seconds(1)), await cluster.submit(LONG)
    waiting = await cluster.submit(LONG)
    await cluster.said(running, "begun")
    cluster.restart()
    await cluster.scheduler.cancel(running)
    await cluster.scheduler.cancel(waiting)
    states = [(await cluster.ended(handle)).state for handle in (limited, running, waiting)]
    assert states == [JobState.TIMEOUT, JobState.CANCELLED, JobState.CANCELLED]


async def test_an_input_outside_its_place_is_refused(cluster: Cluster) -> None:
    blob = cluster.blobs.put([b"x"])
    outside = ["/etc/cron.d/x", "../x", "in/../../x", "in//x", "in/.", "log", "out/x", "in", "", "in/a\0b"]
    for path in [*outside, "in/" + "x" * 300]:
        job = JobSpec("python3", inputs=(InputFile(path, blob.digest, blob.size),))
        with pytest.raises(Refusal) as refused:
            await cluster.scheduler.submit(job, RunName(new_uid("job")))
        assert refused.value.code == "job.bad_input_path", path
