"""What is written down of a job: its specification, the place it was given, who claimed it, how it ended."""

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Self

from faur.kernel.units import Bytes, Seconds
from faur.services.compute.ports import InputFile, JobSpec, JobState, Observation, ResourceSpec

Json = Mapping[str, Any]  # Any: parsed JSON, written by this very module


@dataclass(frozen=True, slots=True)
class Submission:
    """A job as it was handed in; `order` grows with every submission to the same root."""

    job: JobSpec
    order: int

    def to_json(self) -> Json:
        return asdict(self)

    @classmethod
    def from_json(cls, content: Json) -> Self:
        job = dict(content["job"])
        job["arguments"] = tuple(job["arguments"])
        job["resources"] = ResourceSpec(**job["resources"])
        job["inputs"] = tuple(InputFile(**file) for file in job["inputs"])
        return cls(job=JobSpec(**job), order=content["order"])


@dataclass(frozen=True, slots=True)
class Place:
    """What the scheduler gave to a job: from here on the job holds its slots until it has ended.

    `bubblewrap` is the path of the sandbox and its options, empty where there is none: then `notice` says why.
    `passed` are the variables of the factory's own environment that jobs on this machine need.
    """

    gpus: tuple[str, ...]
    interpreter: str
    grace: float
    bubblewrap: tuple[str, ...] = ()
    notice: str = ""
    passed: Mapping[str, str] | None = None

    @property
    def sandbox(self) -> str:
        return "bubblewrap" if self.bubblewrap else "none"

    def to_json(self) -> Json:
        return asdict(self)

    @classmethod
    def from_json(cls, content: Json) -> Self:
        lists = {name: tuple(content[name]) for name in ("gpus", "bubblewrap")}
        return cls(**{**content, **lists})


@dataclass(frozen=True, slots=True)
class Claim:
    """Who runs a job, since when: `pid` and `mark` name the process for ever (see `processes.mark_of`)."""

    pid: int
    mark: str
    started_at: float
    sandbox: str

    def to_json(self) -> Json:
        return asdict(self)

    @classmethod
    def from_json(cls, content: Json) -> Self:
        return cls(**content)


@dataclass(frozen=True, slots=True)
class Exit:
    """How a job ended. Times are seconds since the epoch; `elapsed` is measured by a clock that is never set."""

    state: JobState
    reason: str
    message: str
    ended_at: float
    exit_code: int | None = None
    started_at: float | None = None
    elapsed: float = 0.0
    cpu_seconds: float = 0.0
    max_memory: Bytes = Bytes(0)
    sandbox: str = ""
    cores: int = 0
    gpus: int = 0

    def to_json(self) -> Json:
        return asdict(self)

    @classmethod
    def from_json(cls, content: Json) -> Self:
        return cls(**{**content, "state": JobState(content["state"])})

    @classmethod
    def before_start(cls, state: JobState, reason: str, message: str = "") -> Self:
        """The end of a job whose program never started, now."""
        return cls(state=state, reason=reason, message=message, ended_at=time.time())

    def observed(self) -> Observation:
        """The same in the words of the port."""
        return Observation(
            state=self.state,
            reason=self.reason,
            message=self.message,
            exit_code=self.exit_code,
            started_at=moment(self.started_at) if self.started_at is not None else None,
            ended_at=moment(self.ended_at),
            sandbox=self.sandbox,
        )

    @property
    def charged(self) -> Seconds:
        """Elapsed time in whole seconds, begun ones included."""
        return Seconds(int(-(-self.elapsed // 1)))


def moment(seconds: float) -> datetime:
    """A moment in UTC from seconds since the epoch."""
    return datetime.fromtimestamp(seconds, UTC)
