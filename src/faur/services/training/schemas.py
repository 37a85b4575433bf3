"""What the API of training takes and answers."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from faur.kernel.shapes import Line
from faur.kernel.units import MIB
from faur.services.compute.public import explain
from faur.services.training.actions.start_run import Wanted
from faur.services.training.inputs import Chosen
from faur.services.training.models import Metric, Run
from faur.services.training.rules import spelt

LONGEST_JOB = 30 * 24 * 3600

Name = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[a-z0-9][a-z0-9_-]*$")]


class InputIn(Schema):
    """A data set version, and the part of it that the program may see."""

    version: str
    split: Annotated[str, StringConstraints(min_length=1, max_length=40)] = "train"

    def chosen(self) -> Chosen:
        return Chosen(self.version, self.split)


class RunResourcesIn(Schema):
    """Where nothing is said, the recipe's own. `memory` in bytes, `duration` in seconds."""

    cores: int | None = Field(None, ge=1, le=4096)
    gpus: int | None = Field(None, ge=0, le=64)
    memory: int | None = Field(None, ge=16 * MIB, le=2**50)
    duration: int | None = Field(None, ge=1, le=LONGEST_JOB)

    def wanted(self) -> Wanted:
        return Wanted(self.cores, self.gpus, self.memory, self.duration)


class RunIn(Schema):
    """`inputs` by the recipe's names for them; `parameters` as the recipe's schema has them."""

    project: str
    allocation: str
    recipe: Name
    recipe_version: Annotated[str, StringConstraints(max_length=40)] = ""
    title: Line = ""
    inputs: dict[Name, InputIn] = Field({}, max_length=20)
    parameters: dict[str, Any] = Field({}, max_length=200)  # Any: JSON, checked against the recipe's schema
    resources: RunResourcesIn = Field(default_factory=lambda: RunResourcesIn.model_validate({}))


class RefusalOut(Schema):
    """Why the program itself would not go on."""

    code: str
    sentence: str
    hint: str


class ProgressOut(Schema):
    done: int
    total: int
    label: str


class RunOutputOut(Schema):
    path: str
    digest: str
    size: int
    media_type: str


class RunOut(Schema):
    """A run. `metrics`: the last value of each, by name where it is no finite number; `held` and `used` in `unit`."""

    id: str = Field(alias="uid")
    created_at: datetime
    project: str = Field(alias="project.uid")
    title: str
    recipe: str = Field(alias="recipe_name")
    recipe_version: str
    recipe_manifest: str
    parameters: dict[str, Any]  # Any: JSON
    inputs: dict[str, Any]  # Any: JSON
    job: str = Field(alias="job.uid")
    allocation: str = Field(alias="job.allocation.uid")
    state: str
    refusal: RefusalOut | None
    explanation: str
    hint: str
    progress: ProgressOut | None
    metrics: dict[str, float | str]
    bad_lines: int
    left_out: int
    unit: str = Field(alias="job.unit")
    held: int = Field(alias="job.held")
    used: int | None = Field(alias="job.used")
    queue_position: int | None = Field(alias="job.queue_position")
    sandbox: str = Field(alias="job.sandbox")
    started_by: str
    started_at: datetime | None = Field(alias="job.started_at")
    ended_at: datetime | None = Field(alias="job.ended_at")
    outputs: list[RunOutputOut]

    @staticmethod
    def resolve_refusal(run: Run) -> dict[str, str] | None:
        if not run.refusal:
            return None
        return {"code": run.refusal_code, "sentence": run.refusal, "hint": run.refusal_hint}

    @staticmethod
    def resolve_explanation(run: Run) -> str:
        return run.refusal or explain(run.job).sentence

    @staticmethod
    def resolve_hint(run: Run) -> str:
        return run.refusal_hint if run.refusal else explain(run.job).hint

    @staticmethod
    def resolve_progress(run: Run) -> dict[str, Any] | None:  # Any: JSON
        return run.progress or None

    @staticmethod
    def resolve_outputs(run: Run) -> list[dict[str, Any]]:  # Any: JSON
        return [file for file in run.job.files if file["path"].startswith("out/")]


class PointOut(Schema):
    """A value of a metric; what is no finite number by its name. `at` is not known of a mere last value."""

    key: str
    step: int
    value: float | str
    at: datetime | None = None

    @classmethod
    def of(cls, point: Metric) -> "PointOut":
        value = point.special or (0.0 if point.value is None else point.value)
        return cls(key=point.key, step=point.step, value=value, at=point.at)

    @classmethod
    def last_of(cls, run: Run) -> "list[PointOut]":
        tallies = sorted(run.read_tallies().items())
        return [cls(key=key, step=tally.step, value=spelt(tally.last) or tally.last) for key, tally in tallies]


class MetricsOut(Schema):
    items: list[PointOut]


class ComparisonOut(Schema):
    """Runs side by side; `differing` names the parameters that are not the same in all."""

    items: list[RunOut]
    differing: list[str]
