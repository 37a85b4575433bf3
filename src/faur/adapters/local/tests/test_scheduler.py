"""What the local executor promises besides the contract: one scheduler a root, and refusals that leave nothing."""

from pathlib import Path

import pytest

from faur.adapters.files import FileBlobs
from faur.adapters.local.capacity import Capacity
from faur.adapters.local.errors import AnotherScheduler
from faur.adapters.local.scheduler import LocalScheduler
from faur.kernel.blobs import BlobNotFound, digest_of
from faur.kernel.errors import Refusal
from faur.kernel.ids import new_uid
from faur.kernel.units import GIB, Bytes, Seconds
from faur.services.compute.ports import Handle, InputFile, JobSpec, ResourceSpec, RunName


@pytest.fixture
def blobs(tmp_path: Path) -> FileBlobs:
    return FileBlobs(tmp_path / "blobs")


@pytest.fixture
def scheduler(tmp_path: Path, blobs: FileBlobs) -> LocalScheduler:
    return LocalScheduler(tmp_path, Capacity(2, Bytes(4 * GIB)), blobs)


async def test_one_process_alone_schedules_a_root(scheduler: LocalScheduler, tmp_path: Path, blobs: FileBlobs) -> None:
    await scheduler.tick()
    second = LocalScheduler(tmp_path, Capacity(2, Bytes(4 * GIB)), blobs)
    with pytest.raises(AnotherScheduler) as refused:
        await second.tick()
    assert (refused.value.code, str(tmp_path) in refused.value.message) == ("scheduler.taken", True)
    assert await second.log(Handle(new_uid("job")), 0) == b"", "whoever does not schedule may still read"
    scheduler.close()
    await second.tick()
    second.close()


async def test_what_a_killed_factory_left_half_done_is_cleared_away(scheduler: LocalScheduler, tmp_path: Path) -> None:
    half = tmp_path / "passing" / "job_x.123"
    half.mkdir(parents=True)
    (half / "spec.json").write_text("{")
    await scheduler.tick()
    assert not half.exists()
    scheduler.close()


@pytest.mark.parametrize(
    ("field", "job"),
    [
        ("executable", JobSpec("")),
        ("arguments", JobSpec("x", ("a\0b",))),
        ("arguments", JobSpec("x", ("a" * 200_000,))),
        ("arguments", JobSpec("x", ("a" * 90_000,) * 7)),
        ("environment", JobSpec("x", environment={"A=B": "1"})),
        ("duration", JobSpec("x", duration=Seconds(0))),
        ("log_limit", JobSpec("x", log_limit=Bytes(-1))),
        ("resources.memory", JobSpec("x", resources=ResourceSpec(memory=Bytes(0)))),
        ("resources.gpu_cores_per_process", JobSpec("x", resources=ResourceSpec(gpu_cores_per_process=-1))),
        ("resources.nodes", JobSpec("x", resources=ResourceSpec(node_count=2))),
    ],
)
async def test_a_job_that_cannot_be_right_is_refused(scheduler: LocalScheduler, field: str, job: JobSpec) -> None:
    with pytest.raises(Refusal) as refused:
        await scheduler.submit(job, RunName(new_uid("job")))
    assert (list(refused.value.fields), refused.value.code in {"job.bad_specification", "job.too_large"}) == (
        [field],
        True,
    )
    scheduler.close()


@pytest.mark.parametrize("name", ["", "..", "a/b", "a b", ".hidden", "x" * 101])
async def test_a_name_that_is_no_folder_s_is_refused(scheduler: LocalScheduler, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        await scheduler.submit(JobSpec("true"), RunName(name))
    assert refused.value.code == "job.bad_specification"


async def test_a_damaged_or_missing_input_leaves_nothing(
    scheduler: LocalScheduler, tmp_path: Path, blobs: FileBlobs
) -> None:
    stored = blobs.put([b"bytes"])
    wrong_size = InputFile("in/a", stored.digest, Bytes(4))
    with pytest.raises(Refusal) as refused:
        await scheduler.submit(JobSpec("true", inputs=(wrong_size,)), RunName(new_uid("job")))
    assert refused.value.code == "job.input_damaged"
    missing = InputFile("in/a", digest_of(b"never stored"), Bytes(1))
    with pytest.raises(BlobNotFound):
        await scheduler.submit(JobSpec("true", inputs=(missing,)), RunName(new_uid("job")))
    assert not list((tmp_path / "passing").iterdir())
    assert not list((tmp_path / "jobs").iterdir())
    scheduler.close()


@pytest.mark.parametrize("paths", [("in/a", "in/a"), ("in/a", "in/a/b"), ("in/a/b", "in/a")])
async def test_inputs_that_lie_on_one_another_are_refused(
    scheduler: LocalScheduler, blobs: FileBlobs, paths: tuple[str, str]
) -> None:
    stored = blobs.put([b"bytes"])
    inputs = tuple(InputFile(path, stored.digest, stored.size) for path in paths)
    with pytest.raises(Refusal) as refused:
        await scheduler.submit(JobSpec("true", inputs=inputs), RunName(new_uid("job")))
    assert refused.value.code == "job.bad_input_path"
    scheduler.close()
