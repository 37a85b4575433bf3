"""Whether a job can be run as it is described, on any machine."""

import re
from collections.abc import Iterator

from faur.adapters.local.errors import BadSpecification, JobTooLarge
from faur.adapters.local.paths import check_inputs
from faur.kernel.units import KIB
from faur.services.compute.ports import JobSpec, ResourceSpec

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST_WORD = 96 * KIB
_LONGEST_COMMAND = 512 * KIB
"""Linux takes 128 KiB in one argument or variable, and a quarter of the stack's limit (8 MiB) in all: execve(2)."""


def check(job: JobSpec) -> None:
    """Refuse what cannot be run.

    Raises:
        BadSpecification: names the field and what is wrong with it.
        BadInputPath: an input would lie outside its place.
        JobTooLarge: it asks for more than one machine.
    """
    for field, why in (*_numbers(job), *_words(job)):
        raise BadSpecification(field, why)
    if job.resources.node_count > 1:
        raise JobTooLarge("nodes", str(job.resources.node_count), "1")
    check_inputs(job.inputs)


def _numbers(job: JobSpec) -> Iterator[tuple[str, str]]:
    asked = job.resources
    if job.duration <= 0:
        yield "duration", f"{job.duration} is not a time"
    if job.log_limit < 0:
        yield "log_limit", f"{job.log_limit} is less than nothing"
    for name in ("node_count", "process_count", "cpu_cores_per_process", "memory", "disk", "max_processes"):
        yield from _at_least(asked, name, 1)
    yield from _at_least(asked, "gpu_cores_per_process", 0)


def _at_least(asked: ResourceSpec, name: str, least: int) -> Iterator[tuple[str, str]]:
    number = getattr(asked, name)
    if number < least:
        yield f"resources.{name}", f"{number} is less than {least}"


def _words(job: JobSpec) -> Iterator[tuple[str, str]]:
    words = [job.executable, *job.arguments, *(f"{name}={value}" for name, value in job.environment.items())]
    if not job.executable:
        yield "executable", "it is empty"
    for name in job.environment:
        if _VARIABLE.fullmatch(name) is None:
            yield "environment", f"{name!r} is not the name of a variable"
    if any("\0" in word or _size(word) > _LONGEST_WORD for word in words):
        yield "arguments", "one holds a zero byte, or is too long"
    if sum(map(_size, words)) > _LONGEST_COMMAND:
        yield "arguments", "they and the environment are too long together"


def _size(word: str) -> int:
    return len(word.encode(errors="surrogatepass"))
