"""The shepherd's protocol: a program is started once at most, whoever dies when, and every job ends with a word."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from faur.adapters.files import FileBlobs
from faur.adapters.local import processes
from faur.adapters.local.capacity import Capacity
from faur.adapters.local.folder import JobFolder
from faur.adapters.local.records import Place
from faur.adapters.local.scheduler import LocalScheduler
from faur.adapters.local.start import Starter
from faur.kernel.ids import new_uid
from faur.kernel.units import GIB, Bytes, Seconds
from faur.services.compute.ports import Handle, JobSpec, JobState, Observation, RunName

COUNTS = "import os, time; open(os.environ['FAUR_OUTPUTS'] + '/starts', 'a').write('x'); time.sleep(0.3)"
SLEEPS = "import time; time.sleep(60)"


def scheduler_over(folder: Path) -> LocalScheduler:
    return LocalScheduler(folder, Capacity(2, Bytes(4 * GIB)), FileBlobs(folder / "blobs"), grace=0.3)


@pytest.fixture
async def scheduler(tmp_path: Path) -> AsyncIterator[LocalScheduler]:
    scheduler = scheduler_over(tmp_path)
    yield scheduler
    scheduler.close()


async def submit(scheduler: LocalScheduler, program: str) -> Handle:
    job = JobSpec("python3", ("-c", program), duration=Seconds(20))
    return await scheduler.submit(job, RunName(new_uid("job")))


async def until(scheduler: LocalScheduler, handle: Handle, *states: JobState) -> Observation:
    deadline = time.monotonic() + 20
    while (seen := (await scheduler.poll([handle]))[handle]).state not in states:
        assert time.monotonic() < deadline, seen
        await asyncio.sleep(0.02)
    return seen


def folder_of(tmp_path: Path, handle: Handle) -> JobFolder:
    return JobFolder(tmp_path / "jobs" / handle)


def test_a_shepherd_is_light() -> None:
    program = """
import sys, resource
import faur.adapters.local.shepherd
print([name for name in ("django", "pydantic", "asyncio") if name in sys.modules])
print(resource.getrusage(resource.RUSAGE_SELF).ru_utime < 0.5)
"""
    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "[]\nTrue\n"


async def test_a_job_whose_shepherd_is_killed_ends_with_it(scheduler: LocalScheduler, tmp_path: Path) -> None:
    handle = await submit(scheduler, SLEEPS)
    await until(scheduler, handle, JobState.RUNNING)
    claim = folder_of(tmp_path, handle).claim()
    program = await _first_child(claim.pid)
    os.kill(claim.pid, signal.SIGKILL)
    seen = await until(scheduler, handle, JobState.FAILED)
    assert seen.reason == "job.supervisor_lost"
    await asyncio.sleep(0.1)
    assert not program.is_running() or program.status() == psutil.STATUS_ZOMBIE
    [row] = [row async for row in scheduler.usage(seen.started_at)]
    assert row.elapsed >= 1
    after = await submit(scheduler, COUNTS)
    await until(scheduler, after, JobState.COMPLETED)


async def _first_child(pid: int) -> psutil.Process:
    while not (children := psutil.Process(pid).children()):
        await asyncio.sleep(0.02)
    return children[0]


async def test_a_shepherd_that_dies_before_it_claims_is_started_again_and_not_for_ever(
    scheduler: LocalScheduler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts: list[str] = []
    monkeypatch.setattr(Starter, "start", lambda _self, folder: starts.append(folder.name))
    handle = await submit(scheduler, COUNTS)
    seen = await until(scheduler, handle, JobState.FAILED)
    assert (seen.reason, seen.started_at, len(starts)) == ("job.supervisor_lost", None, 3)
    assert folder_of(tmp_path, handle).make_claim("") is None


async def test_of_two_shepherds_one_starts_the_program(scheduler: LocalScheduler, tmp_path: Path) -> None:
    starter = Starter(Path(sys.executable), 0.3, sandbox=True)
    handle = await submit(scheduler, COUNTS)
    for _ in range(4):
        starter.start(folder_of(tmp_path, handle))
    await until(scheduler, handle, JobState.COMPLETED)
    await asyncio.sleep(0.5)
    assert await scheduler.read(handle, "out/starts") == b"x"


async def test_a_job_that_was_given_a_place_but_no_shepherd_is_started_after_a_restart(
    scheduler: LocalScheduler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Starter, "start", lambda _self, _folder: None)
        handle = await submit(scheduler, COUNTS)
    scheduler.close()
    later = scheduler_over(tmp_path)
    await until(later, handle, JobState.COMPLETED)
    assert await later.read(handle, "out/starts") == b"x"
    later.close()


async def test_a_job_cancelled_on_its_way_never_starts(
    scheduler: LocalScheduler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Starter, "start", lambda _self, _folder: None)
        handle = await submit(scheduler, COUNTS)
        await scheduler.cancel(handle)
    seen = await until(scheduler, handle, JobState.CANCELLED)
    assert seen.started_at is None
    assert await scheduler.outputs(handle) == []


async def test_a_claim_of_a_process_that_is_gone_is_not_taken_for_its_successor(
    scheduler: LocalScheduler, tmp_path: Path
) -> None:
    handle = await submit(scheduler, SLEEPS)
    await until(scheduler, handle, JobState.RUNNING)
    claim = folder_of(tmp_path, handle).claim()
    assert processes.lives(claim.pid, claim.mark)
    assert not processes.lives(os.getpid(), replace(claim, pid=os.getpid()).mark)
    await scheduler.cancel(handle)
    await until(scheduler, handle, JobState.CANCELLED)


async def test_a_machine_that_goes_down_lets_jobs_end_gently(scheduler: LocalScheduler, tmp_path: Path) -> None:
    handle = await submit(scheduler, SLEEPS)
    await until(scheduler, handle, JobState.RUNNING)
    os.kill(folder_of(tmp_path, handle).claim().pid, signal.SIGTERM)
    assert (await until(scheduler, handle, JobState.FAILED)).reason == "job.interrupted"


async def test_a_program_that_is_not_there_fails_as_in_a_shell(scheduler: LocalScheduler) -> None:
    handle = await scheduler.submit(JobSpec("no-such-program"), RunName(new_uid("job")))
    seen = await until(scheduler, handle, JobState.FAILED)
    assert seen.exit_code == 127
    assert b"no-such-program: No such file" in await scheduler.log(handle, 0)


async def test_an_interpreter_that_is_not_there_is_said(scheduler: LocalScheduler, tmp_path: Path) -> None:
    place = Starter.place
    broken = Path("/nowhere/python3")

    def without_sandbox(starter: Starter, gpus: tuple[str, ...]) -> Place:
        return replace(place(starter, gpus), interpreter=str(broken), bubblewrap=())

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Starter, "place", without_sandbox)
        handle = await submit(scheduler, COUNTS)
    seen = await until(scheduler, handle, JobState.FAILED)
    assert (seen.reason, "/nowhere/python3" in seen.message) == ("job.not_started", True)
