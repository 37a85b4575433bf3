"""What every place where jobs run promises, asked of each adapter: what becomes of jobs that misbehave."""

import asyncio
import os
import time

import psutil
import pytest

from faur.kernel.errors import Refusal
from faur.kernel.units import KIB, MIB, Bytes, Seconds
from faur.services.compute.ports import JobState
from tests.contracts.cluster import GRACE, Cluster, asks


def alive(needle: str) -> list[int]:
    """The processes that have this in their command line."""
    return [process.pid for process in psutil.process_iter() if needle in " ".join(_words(process))]


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return []


async def test_a_job_over_its_time_limit_ends_as_timed_out(cluster: Cluster) -> None:
    seen, log = await cluster.run(
        """
        import signal, sys, time
        def leave(*_): print("so soon?"); sys.exit(0)
        signal.signal(signal.SIGTERM, leave)
        time.sleep(60)
        """,
        duration=Seconds(1),
    )
    assert (seen.state, seen.reason) == (JobState.TIMEOUT, "job.wall_time")
    assert "so soon?" in log
    assert (seen.ended_at - seen.started_at).total_seconds() < 30  # the program itself would take twice that


async def test_a_job_that_ignores_sigterm_is_killed(cluster: Cluster) -> None:
    handle = await cluster.submit(
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('begun', flush=True); time.sleep(60)"
    )
    await cluster.said(handle, "begun")
    await cluster.scheduler.cancel(handle)
    asked = time.monotonic()
    seen = await cluster.ended(handle)
    assert (seen.state, seen.exit_code) == (JobState.CANCELLED, 137)
    assert time.monotonic() - asked >= GRACE / 2


async def test_a_fork_bomb_ends_and_the_machine_survives(cluster: Cluster) -> None:
    seen, log = await cluster.run("import os\nwhile True: os.fork()", resources=asks(processes=20))
    assert (seen.state, seen.reason) == (JobState.FAILED, "job.too_many_processes"), log
    after, _log = await cluster.run("print('alive')")
    assert after.state is JobState.COMPLETED


async def test_nothing_that_a_job_started_outlives_it(cluster: Cluster) -> None:
    needle = f"stray-{os.urandom(6).hex()}"
    seen, _log = await cluster.run(
        f"""
        import os, subprocess, sys, time
        deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"
        command = [sys.executable, "-c", deaf, "{needle}"]
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.execv(command[0], command)
            os._exit(0)
        time.sleep(0.3)
        """
    )
    assert seen.state is JobState.COMPLETED
    assert alive(needle) == []


@pytest.mark.parametrize(
    ("what", "program"),
    [
        ("one large file", "f = open(out + '/large', 'wb')\nwhile True: f.write(bytes(1 << 20))"),
        ("files full of nothing", "for n in range(4): open(f'{out}/{n}', 'wb').truncate(4 << 20)"),
        ("many small files", "for n in range(1 << 30): open(f'{out}/{n}', 'w').write('x')"),
        ("its private /tmp", "f = open(os.environ['TMPDIR'] + '/large', 'wb')\nwhile True: f.write(bytes(1 << 20))"),
        ("a folder without a bottom", "os.chdir(out)\nwhile True: os.mkdir('d'); os.chdir('d')"),
    ],
)
async def test_a_job_that_writes_too_much_is_ended(cluster: Cluster, what: str, program: str) -> None:
    began = time.monotonic()
    handle = await cluster.submit(
        f"import os\nout = os.environ['FAUR_OUTPUTS']\n{program}", resources=asks(disk=8 * MIB)
    )
    seen = await cluster.ended(handle)
    assert (seen.state, seen.reason) == (JobState.FAILED, "job.disk_exceeded"), await cluster.text(handle)
    assert time.monotonic() - began < 10
    await cluster.scheduler.forget(handle)
    assert not (cluster.folder / "jobs" / "jobs" / handle).exists()


async def test_a_job_beyond_its_memory_is_ended(cluster: Cluster) -> None:
    program = "import time\nheld = []\nwhile True: held.append(bytearray(4 << 20)); time.sleep(0.002)"
    seen, _log = await cluster.run(program, resources=asks(memory=128 * MIB))
    assert (seen.state, seen.reason) == (JobState.OUT_OF_MEMORY, "job.out_of_memory")


async def test_memory_is_counted_over_all_processes_of_a_job(cluster: Cluster) -> None:
    program = "import os, time\nos.fork(), os.fork()\nheld = bytearray(48 << 20)\ntime.sleep(60)"
    seen, _log = await cluster.run(program, resources=asks(memory=128 * MIB))
    assert seen.state is JobState.OUT_OF_MEMORY


async def test_a_log_without_end_is_cut_and_the_job_goes_on(cluster: Cluster) -> None:
    handle = await cluster.submit("for n in range(40000): print(n)\nprint('the end')", log_limit=Bytes(64 * KIB))
    assert (await cluster.ended(handle)).state is JobState.COMPLETED
    log = await cluster.text(handle)
    assert len(log) < 65 * KIB
    assert "the end" not in log
    assert "64 KiB" in log.splitlines()[-1]


async def test_links_and_special_files_are_neither_listed_nor_read(cluster: Cluster) -> None:
    handle = await cluster.submit(
        """
        import os
        os.chdir(os.environ["FAUR_OUTPUTS"])
        os.symlink("/etc/passwd", "passwd")
        os.symlink("/etc", "etc")
        os.symlink("real", "link")
        os.mkfifo("pipe")
        os.mkdir("below")
        for name in ("real", "below/real"):
            open(name, "w").write("mine")
        open(b"\\xff\\xfe", "w").close()
        """
    )
    seen = await cluster.ended(handle)
    assert seen.state is JobState.COMPLETED, await cluster.text(handle)
    assert [file.path for file in await cluster.scheduler.outputs(handle)] == ["out/below/real", "out/real"]
    for path in ("out/passwd", "out/etc/passwd", "out/link", "out/pipe", "out/below", "out/nothing"):
        assert await asyncio.wait_for(cluster.scheduler.read(handle, path), 2) == b""
    for path in ("log", "spec.json", "out/../../spec.json", "/etc/passwd", "out", ""):
        with pytest.raises(Refusal) as refused:
            await cluster.scheduler.read(handle, path)
        assert refused.value.code == "job.bad_output_path"


async def test_a_job_sees_the_documented_environment_and_no_secret_of_the_factory(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAUR_SECRET_KEY", "very secret")
    monkeypatch.setenv("OPENBLAS_TEST", "needed here")
    _seen, log = await cluster.run(
        "import os\nfor name, value in os.environ.items(): print(name, value)",
        environment={"MINE": "yes", "FAUR_OUTPUTS": "/elsewhere", "CUDA_VISIBLE_DEVICES": "7"},
        resources=asks(cores=2),
    )
    found = dict(line.partition(" ")[::2] for line in log.splitlines())
    assert "very secret" not in log
    assert {name for name in found if name.startswith("FAUR_")} == {
        f"FAUR_{name}" for name in ("PROGRAM", "INPUTS", "PARAMETERS", "OUTPUTS", "REPORT")
    }
    assert found["FAUR_OUTPUTS"] != "/elsewhere"
    assert (found["MINE"], found["CUDA_VISIBLE_DEVICES"], found["OMP_NUM_THREADS"]) == ("yes", "", "2")
    assert (found["LANG"], found["OPENBLAS_TEST"]) == ("C.UTF-8", "needed here")
    assert found["HOME"] != os.environ["HOME"]
