"""What the API of compute takes and answers."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from faur.kernel.shapes import NO_CONTROLS, Line
from faur.kernel.units import GIB, MIB, Bytes, Seconds
from faur.services.compute.models import Cluster, Job
from faur.services.compute.orders import JobOrder
from faur.services.compute.ports import JobSpec, ResourceSpec
from faur.services.compute.reasons import explain

LONGEST_JOB = 30 * 24 * 3600
NO_NUL = r"^[^\x00]*$"

Named = Annotated[Line, StringConstraints(min_length=1)]
Argument = Annotated[str, StringConstraints(max_length=16_384, pattern=NO_NUL)]
Variable = Annotated[str, StringConstraints(max_length=128, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[a-z0-9][a-z0-9-]*$")]


class ClusterIn(Schema):
    name: Name
    title: Named
    kind: Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=r"^[a-z]+$")] = "local"


class ClusterOut(Schema):
    id: str = Field(alias="uid")
    created_at: datetime
    name: str
    title: str
    kind: str
    cores: int
    memory: int
    gpus: int
    sandbox: str

    @staticmethod
    def resolve_cores(cluster: Cluster) -> int:
        return cluster.place.cores

    @staticmethod
    def resolve_memory(cluster: Cluster) -> int:
        return cluster.place.memory

    @staticmethod
    def resolve_gpus(cluster: Cluster) -> int:
        return cluster.place.gpus

    @staticmethod
    def resolve_sandbox(cluster: Cluster) -> str:
        return cluster.place.sandbox


class ResourcesIn(Schema):
    """What a job asks for, of one machine; `memory` and `disk` in bytes."""

    cores: int = Field(1, ge=1, le=4096)
    gpus: int = Field(0, ge=0, le=64)
    memory: int = Field(2 * GIB, ge=16 * MIB, le=2**50)
    disk: int = Field(2 * GIB, ge=MIB, le=2**50)
    max_processes: int = Field(256, ge=1, le=65_536)

    def spec(self) -> ResourceSpec:
        return ResourceSpec(
            cpu_cores_per_process=self.cores,
            gpu_cores_per_process=self.gpus,
            memory=Bytes(self.memory),
            disk=Bytes(self.disk),
            max_processes=self.max_processes,
        )


class JobIn(Schema):
    """A job without a recipe. `duration` in seconds; `executable` "python3" is the cluster's own interpreter."""

    project: str
    allocation: str
    title: Named
    executable: Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=NO_CONTROLS)]
    arguments: list[Argument] = Field([], max_length=1000)
    environment: dict[Variable, Argument] = Field({}, max_length=100)
    resources: ResourcesIn = Field(default_factory=lambda: ResourcesIn.model_validate({}))
    duration: int = Field(3600, ge=1, le=LONGEST_JOB)
    network: bool = False

    def order(self) -> JobOrder:
        spec = JobSpec(
            executable=self.executable,
            arguments=tuple(self.arguments),
            environment=self.environment,
            resources=self.resources.spec(),
            duration=Seconds(self.duration),
            network=self.network,
        )
        return JobOrder(self.title, spec)


class JobOut(Schema):
    """A job. `held` and `used` count `unit`; `explanation` and `hint` are for people, `reason` is for programs."""

    id: str = Field(alias="uid")
    created_at: datetime
    project: str = Field(alias="project.uid")
    allocation: str = Field(alias="allocation.uid")
    cluster: str = Field(alias="cluster.uid")
    origin: str
    title: str
    state: str
    reason: str
    message: str
    explanation: str
    hint: str
    resources: dict[str, Any]  # Any: JSON
    duration: int
    network: bool
    queue_position: int | None
    sandbox: str
    unit: str
    held: int
    used: int | None
    submitted_by: str
    cancelled_by: str
    submitted_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    elapsed: int | None
    exit_code: int | None
    cpu_seconds: float | None
    max_memory: int | None
    log_size: int | None
    outputs_manifest: str = Field(alias="manifest")

    @staticmethod
    def resolve_explanation(job: Job) -> str:
        return explain(job).sentence

    @staticmethod
    def resolve_hint(job: Job) -> str:
        return explain(job).hint

    @staticmethod
    def resolve_resources(job: Job) -> dict[str, Any]:  # Any: JSON
        return dict(job.spec["resources"])

    @staticmethod
    def resolve_duration(job: Job) -> int:
        return int(job.spec["duration"])

    @staticmethod
    def resolve_network(job: Job) -> bool:
        return bool(job.spec["network"])


class OutputOut(Schema):
    """One file that was kept. `link` opens it for an hour to whoever holds it."""

    path: str
    digest: str
    size: int
    media_type: str
    link: str


class OutputsOut(Schema):
    items: list[OutputOut]
    manifest: str


LOG = {
    "responses": {
        200: {
            "content": {"text/plain": {"schema": {"type": "string"}}},
            "headers": {
                "Faur-Log-Offset": {"schema": {"type": "integer"}, "description": "Where to go on reading, in bytes."},
                "Faur-Log-Complete": {"schema": {"type": "boolean"}, "description": "Whether nothing will follow."},
            },
        }
    }
}
"""What OpenAPI says of a log: bytes, and in the headers where to go on."""
