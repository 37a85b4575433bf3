"""Who is next on one machine, as a table."""

from itertools import count

import pytest

from faur.adapters.local.capacity import Capacity, Slots, Ticket, startable, usable_cores, usable_memory
from faur.adapters.local.errors import JobTooLarge
from faur.adapters.local.records import Submission
from faur.kernel.units import GIB, Bytes
from faur.services.compute.ports import JobSpec, ResourceSpec

_orders = count(1)


def job(name: str, cores: int = 1, gpus: int = 0, memory: int = 1, priority: int = 0) -> Ticket:
    asked = ResourceSpec(cpu_cores_per_process=cores, gpu_cores_per_process=gpus, memory=Bytes(memory * GIB))
    return Ticket.of(name, Submission(JobSpec("x", resources=asked, priority=priority), next(_orders)))


@pytest.mark.parametrize(
    ("why", "queue", "started"),
    [
        ("all that fit start, in the order they came", [job("a"), job("b")], ["a", "b"]),
        ("cores run out", [job("a", cores=3), job("b", cores=2)], ["a"]),
        ("memory runs out", [job("a", memory=5), job("b", memory=4)], ["a"]),
        ("GPUs run out", [job("a", gpus=1), job("b", gpus=2)], ["a"]),
        ("nobody passes the head that has to wait", [job("a", cores=3), job("b", cores=4), job("c")], ["a"]),
        ("priority goes first", [job("a", cores=4), job("b", cores=4, priority=1)], ["b"]),
        ("within a priority the earlier goes first", [job("a", priority=2), job("b", priority=2)], ["a", "b"]),
    ],
)
def test_who_starts(why: str, queue: list[Ticket], started: list[str]) -> None:
    slots = Slots(Capacity(cores=4, memory=Bytes(8 * GIB), gpus=2))
    assert [ticket.name for ticket, _gpus in startable(sorted(queue), slots)] == started


def test_slots_come_back_and_gpus_are_never_shared() -> None:
    slots = Slots(Capacity(cores=4, memory=Bytes(8 * GIB), gpus=3))
    assert slots.take(job("a", gpus=2)) == ("0", "1")
    assert slots.take(job("b", gpus=1)) == ("2",)
    assert not slots.fits(job("c", gpus=1))
    slots.give_back("a")
    slots.give_back("a")
    assert slots.take(job("c", gpus=1)) == ("0",)


def test_a_machine_that_shrank_starts_nothing_until_there_is_room() -> None:
    slots = Slots(Capacity(cores=1, memory=Bytes(GIB)))
    slots.retake(job("from before", cores=4), ("7",))
    assert not slots.fits(job("a"))
    slots.give_back("from before")
    assert slots.fits(job("a"))


def test_what_no_machine_could_run_is_refused_with_figures() -> None:
    with pytest.raises(JobTooLarge) as refused:
        Slots(Capacity(cores=2, memory=Bytes(GIB))).check(job("a", memory=3))
    assert "3072 MiB" in refused.value.message


def test_a_capacity_that_was_not_configured_is_the_machine_s_own() -> None:
    found = Capacity.of_this_machine()
    assert (found.cores, found.memory) == (usable_cores(), usable_memory() * 3 // 4)
    assert Capacity.of_this_machine(cores=1, memory=Bytes(GIB), gpus=2) == Capacity(1, Bytes(GIB), 2)
