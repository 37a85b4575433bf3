"""What was decided about jobs, as tables."""

from datetime import UTC, datetime, timedelta

import pytest

from faur.kernel.units import GIB, HOUR, MIB, Bytes, Seconds, Unit
from faur.services.compute import rules
from faur.services.compute.ports import Capabilities, JobState, OutputFile, ResourceSpec
from faur.services.compute.rules import FINAL, NEXT, State, Use, after

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "seen", "then"),
    [
        (State.SUBMITTED, JobState.PENDING, State.PENDING),
        (State.SUBMITTED, JobState.RUNNING, State.RUNNING),
        (State.PENDING, JobState.RUNNING, State.RUNNING),
        (State.RUNNING, JobState.COMPLETED, State.COMPLETING),
        (State.PENDING, JobState.CANCELLED, State.COMPLETING),
        (State.RUNNING, JobState.PENDING, State.RUNNING),
        (State.COMPLETING, JobState.RUNNING, State.COMPLETING),
        (State.COMPLETED, JobState.RUNNING, State.COMPLETED),
        (State.CREATED, JobState.RUNNING, State.CREATED),
    ],
)
def test_a_job_moves_forward_only(now, seen, then):
    assert after(now, seen) is then


def test_every_state_has_its_followers_and_ended_jobs_have_none():
    assert set(NEXT) == set(State)
    assert all(NEXT[state] == frozenset() for state in FINAL)
    assert {State.FAILED, State.CANCELLED, State.LOST} <= NEXT[State.CREATED]


def test_every_state_of_the_scheduler_is_one_of_ours():
    assert {state.value for state in JobState} <= {state.value for state in State}


@pytest.mark.parametrize(
    ("why", "state", "use", "unit", "held", "charged"),
    [
        ("cores times seconds", State.COMPLETED, Use(4, 0, Seconds(10)), Unit.CORE_SECONDS, 1000, 40),
        ("GPUs times seconds, whatever the cores", State.COMPLETED, Use(8, 2, Seconds(10)), Unit.GPU_SECONDS, 1000, 20),
        ("a failed job used its place too", State.FAILED, Use(2, 0, Seconds(3)), Unit.CORE_SECONDS, 100, 6),
        ("what it ran until it was cancelled", State.CANCELLED, Use(2, 0, Seconds(3)), Unit.CORE_SECONDS, 100, 6),
        ("cancelled before it ran", State.CANCELLED, Use(2, 0, Seconds(0)), Unit.CORE_SECONDS, 100, 0),
        ("refused by the scheduler", State.FAILED, Use(2, 0, Seconds(0)), Unit.CORE_SECONDS, 100, 0),
        ("lost by the factory", State.LOST, Use(2, 0, Seconds(30)), Unit.CORE_SECONDS, 100, 0),
        ("ending it took longer than its time", State.TIMEOUT, Use(2, 0, Seconds(63)), Unit.CORE_SECONDS, 120, 120),
    ],
)
def test_charge(why, state, use, unit, held, charged):
    assert rules.charge(state, use, unit, held) == charged, why


@pytest.mark.parametrize(("milliseconds", "seconds"), [(0, 1), (1, 1), (1000, 1), (1001, 2), (59_999, 60)])
def test_begun_seconds_count(milliseconds, seconds):
    assert rules.elapsed_between(NOON, NOON + timedelta(milliseconds=milliseconds)) == seconds


def test_a_job_that_never_ran_took_no_time():
    assert rules.elapsed_between(None, NOON) == 0


@pytest.mark.parametrize(
    ("cores", "gpus", "unit", "countable"),
    [
        (4, 0, Unit.CORE_SECONDS, True),
        (4, 1, Unit.CORE_SECONDS, False),
        (4, 1, Unit.GPU_SECONDS, True),
        (4, 0, Unit.GPU_SECONDS, False),
    ],
)
def test_an_allocation_pays_for_its_own_unit_only(cores, gpus, unit, countable):
    resources = ResourceSpec(cpu_cores_per_process=cores, gpu_cores_per_process=gpus)
    assert rules.is_countable(resources, unit) is countable


def test_the_most_a_job_can_use_is_held():
    resources = ResourceSpec(process_count=2, cpu_cores_per_process=4, gpu_cores_per_process=1)
    assert rules.most(resources, Seconds(HOUR), Unit.CORE_SECONDS) == 8 * HOUR
    assert rules.most(resources, Seconds(HOUR), Unit.GPU_SECONDS) == 2 * HOUR


def test_what_is_larger_than_the_whole_place_is_named():
    place = Capabilities(cores=4, memory=Bytes(8 * GIB), gpus=0, sandbox="none", interpreter="python3")
    resources = ResourceSpec(cpu_cores_per_process=5, gpu_cores_per_process=1, memory=Bytes(8 * GIB))
    assert rules.beyond(resources, place) == {"cores": "5 > 4", "gpus": "1 > 0"}


def _files(*sizes: tuple[str, int]) -> list[OutputFile]:
    return [OutputFile(path, Bytes(size)) for path, size in sizes]


def test_all_files_of_a_well_behaved_job_are_kept():
    files = _files(("out/model.onnx", MIB), ("report/metrics.jsonl", 100))
    assert rules.kept(files, Bytes(GIB)) == rules.Keeping(tuple(files))


def test_of_a_job_that_wrote_too_much_only_its_report_is_kept():
    files = _files(("out/huge", GIB), ("report/refusal.json", 100))
    keeping = rules.kept(files, Bytes(MIB))
    assert [file.path for file in keeping.files] == ["report/refusal.json"]
    assert keeping.reason == "job.disk_exceeded"


def test_of_a_job_with_too_many_files_only_its_report_is_kept():
    files = _files(*((f"out/{n}", 1) for n in range(rules.MOST_FILES + 1)), ("report/metrics.jsonl", 1))
    keeping = rules.kept(files, Bytes(GIB))
    assert [file.path for file in keeping.files] == ["report/metrics.jsonl"]
    assert keeping.reason == "job.too_many_files"


def test_even_a_report_is_bounded_and_its_small_files_come_first():
    files = _files(("out/huge", GIB), ("report/huge", GIB), ("report/refusal.json", 100))
    assert [file.path for file in rules.kept(files, Bytes(MIB)).files] == ["report/refusal.json"]


def test_paths_too_long_for_the_record_are_too_many_files():
    files = _files(*((f"out/{'n' * 240}/{'n' * 240}{n}", 1) for n in range(900)))
    assert rules.kept(files, Bytes(GIB)).reason == "job.too_many_files"


@pytest.mark.parametrize(("failed", "seconds"), [(1, 1), (2, 2), (3, 4), (7, 60), (1000, 60)])
def test_pauses_grow_to_a_minute(failed, seconds):
    assert rules.pause(failed) == seconds


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain\n", "plain\n"),
        ("\x1b[31mred\x1b[0m\n", "red\n"),
        ("10%\r20%\r30%\n", "30%\n"),
        ("windows\r\n", "windows\n"),
        ("still going\r", "still going"),
        ("\x1b]0;title\x07text\x00\x08", "text"),
    ],
)
def test_a_log_is_shown_without_what_only_a_terminal_understands(raw, shown):
    assert rules.readable(raw) == shown
