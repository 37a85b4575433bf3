"""How a job's program is started: limits lowered, in its own process group, in a sandbox where the machine has one."""

import subprocess
from pathlib import Path

from faur.adapters.local import launch, processes
from faur.adapters.local.bubblewrap import Bubblewrap, View, limits_processes, options_file, prefixes, wrapped
from faur.adapters.local.environment import command_of, environment_of, trait_of, world_of
from faur.adapters.local.folder import INPUTS, PARAMETERS, PROGRAM, JobFolder
from faur.adapters.local.records import Place
from faur.kernel.units import MIB
from faur.services.compute.ports import JobSpec, ResourceSpec

LAUNCH_INSIDE = "/faur/launch.py"
_SLACK = MIB
"""A single file may pass the job's disk limit by this much, so that the limit is seen to be passed."""
_TASKS_A_PROCESS = 4
"""Threads count as tasks: the kernel's limit is the backstop behind the shepherd's own count of processes."""
_TASKS_LATER = 2000


def start(folder: JobFolder, job: JobSpec, place: Place) -> subprocess.Popen[bytes]:
    """Start the program of the job in `folder`; its output, both kinds together, comes out of `stdout`.

    Raises:
        OSError: the machine cannot start it.
    """
    if place.bubblewrap:
        return _start_inside(folder, job, place)
    world = world_of(folder, place)
    return subprocess.Popen(
        launching(place.interpreter, launch.__file__, _limits(job.resources, sandboxed=False), command_of(job, place)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder.box,
        env=environment_of(job, place, world),
        start_new_session=True,
    )


def launching(interpreter: str, script: str, limits: str, command: list[str]) -> list[str]:
    """The command line that lowers the limits and then becomes `command`."""
    return [interpreter, "-I", "-S", script, limits, "--", *command]


def limits_text(*, largest_file: int, most_processes: int, sandboxed: bool) -> str:
    """The limits as launch.py reads them."""
    limits = f"fsize={largest_file}"
    tasks = most_processes * _TASKS_A_PROCESS + 64
    if not sandboxed:  # there is one count for all that a user runs, what comes later included
        return f"{limits},nproc={processes.tasks_of_this_user() + tasks + _TASKS_LATER}"
    return f"{limits},nproc={tasks}" if limits_processes() else limits


def _start_inside(folder: JobFolder, job: JobSpec, place: Place) -> subprocess.Popen[bytes]:
    bubblewrap = Bubblewrap(place.bubblewrap[0], place.bubblewrap[1:])
    limits = _limits(job.resources, sandboxed=True)
    with options_file(bubblewrap, _view(folder, job, place)) as options:
        return subprocess.Popen(
            [
                *wrapped(bubblewrap, options),
                *launching(place.interpreter, LAUNCH_INSIDE, limits, command_of(job, place)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict([trait_of(folder, place)]),
            pass_fds=[options.fileno()],
            start_new_session=True,
        )


def _view(folder: JobFolder, job: JobSpec, place: Place) -> View:
    world = world_of(folder, place)
    readable = {LAUNCH_INSIDE: Path(launch.__file__)}
    readable |= {str(prefix): prefix for prefix in prefixes(Path(place.interpreter))}
    for name in (PROGRAM, INPUTS, PARAMETERS):
        if (folder.box / name).exists():
            readable[f"{world.box}/{name}"] = folder.box / name
    private = (world.temporary, "/dev/shm", world.home)  # noqa: S108 - a path inside the sandbox
    writable = dict(zip(private, folder.private, strict=True))
    writable |= {f"{world.box}/{path.name}": path for path in folder.left}
    return View(
        readable=readable,
        writable=writable,
        environment=environment_of(job, place, world),
        directory=world.box,
        network=job.network,
        devices=sorted(Path("/dev").glob("nvidia*")) if place.gpus else (),
    )


def _limits(resources: ResourceSpec, *, sandboxed: bool) -> str:
    largest, most = resources.disk + _SLACK, resources.max_processes
    return limits_text(largest_file=largest, most_processes=most, sandboxed=sandboxed)
