"""What a sandboxed place where jobs run promises: a job sees what is its own, and reaches nobody."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from faur.services.compute.ports import JobState
from tests.contracts.cluster import PLAIN, Cluster

pytestmark = pytest.mark.sandbox


@pytest.fixture
def listener() -> Iterator[int]:
    """The port of somebody on this machine who takes calls."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)
        thread = threading.Thread(target=_answer, args=[server], daemon=True)
        thread.start()
        yield server.getsockname()[1]


def _answer(server: socket.socket) -> None:
    while True:
        try:
            server.accept()[0].close()
        except OSError:
            return


async def test_a_job_cannot_see_the_factory_s_home_nor_other_jobs(sandboxed: Cluster) -> None:
    secret = sandboxed.folder / "secret"
    secret.write_text("of the factory")
    places = [secret, sandboxed.folder, sandboxed.folder / "jobs", *map(Path, ("/etc/shadow", "/etc/hostname", "/var"))]
    places += [path for path in Path.home().iterdir() if path.is_file()]
    seen_from_inside = "import os, sys\nfor place in sys.argv[1:]: print(os.path.exists(place))"
    arguments = ("program/main.py", *map(str, places))
    _seen, log = await sandboxed.run(seen_from_inside, arguments=arguments)
    assert log.splitlines() == ["False"] * len(places)


async def test_a_job_cannot_see_other_processes(sandboxed: Cluster) -> None:
    _seen, log = await sandboxed.run(
        "import os; print(sorted(int(pid) for pid in os.listdir('/proc') if pid.isdigit()))"
    )
    assert log == "[1, 2]\n"


async def test_inputs_are_read_only(sandboxed: Cluster) -> None:
    seen, log = await sandboxed.run(
        """
        import os
        given = [os.environ[f"FAUR_{name}"] for name in ("INPUTS", "PROGRAM", "PARAMETERS")]
        given = [given[0] + "/a", given[1] + "/main.py", given[2]]
        for path in [*given, *(os.path.dirname(path) + "/new" for path in given), "/usr/new", "/dev/new", "/new"]:
            try:
                os.chmod(path, 0o777) if os.path.exists(path) else None
                open(path, "a").write("changed")
            except OSError:
                continue
            print("changed", path)
        """,
        {"in/a": b"input", "parameters.json": b"{}"},
    )
    assert (seen.state, log) == (JobState.COMPLETED, "")


@pytest.mark.parametrize("network", [False, True])
async def test_a_job_reaches_the_network_only_where_it_asked_for_it(
    sandboxed: Cluster, listener: int, *, network: bool
) -> None:
    program = f"import socket; socket.create_connection(('127.0.0.1', {listener}), 5); print(6 * 7)"
    seen, log = await sandboxed.run(program, network=network)
    assert ("42\n" in log) is network
    assert seen.state is (JobState.COMPLETED if network else JobState.FAILED)


async def test_a_library_named_in_the_environment_is_loaded_inside_alone(sandboxed: Cluster) -> None:
    _seen, log = await sandboxed.run(
        "print('ran')", environment={"LD_PRELOAD": "/job/in/evil.so"}, files={"in/evil.so": b""}
    )
    assert "/job/in/evil.so" in log
    assert "ran" in log


async def test_where_there_is_no_sandbox_the_job_says_so_in_its_first_line(cluster: Cluster) -> None:
    seen, log = await cluster.run("print('ran')")
    first = log.splitlines()[0]
    assert (seen.sandbox, "without a sandbox" in first) == (
        ("none", True) if cluster.kind == PLAIN else ("bubblewrap", False)
    )


async def test_a_job_has_an_account_and_knows_of_no_other(sandboxed: Cluster) -> None:
    program = "import os, pwd, getpass; print(getpass.getuser(), os.path.expanduser('~job'), len(pwd.getpwall()))"
    _seen, log = await sandboxed.run(program)
    assert log == "job /home/job 2\n"
