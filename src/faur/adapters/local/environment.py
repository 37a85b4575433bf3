"""What a program finds around it: its command, its folders, and the variables that tell it where they are.

The names are those of docs/architecture.md, "A job's world".
"""

import os
from dataclasses import dataclass
from pathlib import Path

from faur.adapters.local.bubblewrap import MARK
from faur.adapters.local.folder import JobFolder
from faur.adapters.local.records import Place
from faur.services.compute.ports import JobSpec

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
JOB_INTERPRETER = "python3"
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "LOKY_MAX_CPU_COUNT",
)
_PASSED = "OPENBLAS_"
_SILENT = {"ORT_DISABLE_TELEMETRY": "1"}
"""ONNX Runtime's wheels report to their maker unless they are told not to (its Privacy.md)."""


@dataclass(frozen=True, slots=True)
class World:
    """Where a program finds its folders: real paths without a sandbox, short fixed ones inside it."""

    box: str
    home: str
    temporary: str


INSIDE = World(box="/job", home="/home/job", temporary="/tmp")  # noqa: S108 - a path inside the sandbox


def world_of(folder: JobFolder, place: Place) -> World:
    """The world of the job in `folder`."""
    if place.bubblewrap:
        return INSIDE
    return World(str(folder.box), str(folder.scratch / "home"), str(folder.scratch / "tmp"))


def trait_of(folder: JobFolder, place: Place) -> tuple[str, str]:
    """The variable and its value by which this job's processes, or their sandbox, are told from all others."""
    if place.bubblewrap:
        return MARK, str(folder.path)
    return "FAUR_OUTPUTS", f"{world_of(folder, place).box}/out"


def passed_on() -> dict[str, str]:
    """What every program needs: variables of ours without which some machines compute wrongly, and silence outwards."""
    return _SILENT | {name: value for name, value in os.environ.items() if name.startswith(_PASSED)}


def environment_of(job: JobSpec, place: Place, world: World) -> dict[str, str]:
    """All variables of a program. The job's own come over the executor's, except `FAUR_*` and its GPUs."""
    interpreter = Path(place.interpreter)
    return {
        "PATH": f"{interpreter.parent}:{SYSTEM_PATH}",
        "HOME": world.home,
        "TMPDIR": world.temporary,
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",  # a log that is read while it grows
        **dict.fromkeys(_THREADS, str(job.resources.cores)),
        **(place.passed or {}),
        **job.environment,
        "CUDA_VISIBLE_DEVICES": ",".join(place.gpus),
        "FAUR_PROGRAM": f"{world.box}/program",
        "FAUR_INPUTS": f"{world.box}/in",
        "FAUR_PARAMETERS": f"{world.box}/parameters.json",
        "FAUR_OUTPUTS": f"{world.box}/out",
        "FAUR_REPORT": f"{world.box}/report",
    }


def command_of(job: JobSpec, place: Place) -> list[str]:
    """The program's command line; `python3` is the executor's job interpreter."""
    executable = place.interpreter if job.executable == JOB_INTERPRETER else job.executable
    return [executable, *job.arguments]
