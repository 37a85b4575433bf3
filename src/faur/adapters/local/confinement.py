"""How a job's program is started: limits lowered, in its own process group, in a sandbox where the machine has one."""

import subprocess
from pathlib import Path

from faur.adapters.local import launch
from faur.adapters.local.bubblewrap import Bubblewrap, View, limits_processes, options_file, prefixes, wrapped
from faur.adapters.local.environment import command_of, environment_of, world_of
from faur.adapters.local.folder import INPUTS, PARAMETERS, PROGRAM, JobFolder
from faur.adapters.local.records import Place
from faur.kernel.units import MIB
from faur.services.compute.ports import JobSpec, ResourceSpec

LAUNCH_INSIDE = "/faur/launch.py"
_SLACK = MIB
"""A single file may pass the job's disk limit by this much, so that the limit is seen to be passed."""
_TASKS_A_PROCESS = 4
"""Threads count as tasks: the kernel's limit is the backstop behind the shepherd's own count of processes."""


def start(folder: JobFolder, job: JobSpec, place: Place) -> subprocess.Popen[bytes]:
    """Start the program of the job in `folder`; its output, both kinds together, comes out of `stdout`.

    Raises:
        OSError: the machine cannot start it.
    """
    if place.bubblewrap:
        return _start_inside(folder, job, place)
    world = world_of(folder, place)
    return subprocess.Popen(
        launching(place.interpreter, launch.__file__, _limits(job.resources, None), command_of(job, place)),
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


def limits_text(largest_file: int, processes_inside: int | None) -> str:
    """The limits as launch.py reads them; `processes_inside` where the program runs in a sandbox."""
    limits = f"fsize={largest_file}"
    if processes_inside is not None and limits_processes():
        limits += f",nproc={processes_inside * _TASKS_A_PROCESS + 64}"
    return limits


def _start_inside(folder: JobFolder, job: JobSpec, place: Place) -> subprocess.Popen[bytes]:
    bubblewrap = Bubblewrap(place.bubblewrap[0], place.bubblewrap[1:])
    limits = _limits(job.resources, job.resources.max_processes)
    with options_file(bubblewrap, _view(folder, job, place)) as options:
        return subprocess.Popen(
            [
                *wrapped(bubblewrap, options),
                *launching(place.interpreter, LAUNCH_INSIDE, limits, command_of(job, place)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={},
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


def _limits(resources: ResourceSpec, processes_inside: int | None) -> str:
    return limits_text(resources.disk + _SLACK, processes_inside)
