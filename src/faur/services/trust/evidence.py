"""What the factory knows of a model on the day its technical file is written: facts, each with the entry it rests on.

Plain data without a database: whoever assembles it reads the record and the tables, and leaves out what is not there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from faur.services.trust.rules import ResultStatus

DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """An entry of the record. `at` is ISO 8601 in UTC; `hash` and `digest` are `sha256:…`, `digest` may be empty."""

    chain: str
    seq: int
    hash: str
    verb: str
    strength: str
    at: str
    digest: str = ""

    @property
    def entry(self) -> str:
        """The entry's name: `chain#seq`."""
        return f"{self.chain}#{self.seq}"


@dataclass(frozen=True, slots=True)
class Provider:
    """Who answers for the system. `country` is ISO 3166-1, `identifier` a registration number or empty."""

    name: str
    country: str
    ref: EvidenceRef
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    uid: str
    title: str
    ref: EvidenceRef


@dataclass(frozen=True, slots=True)
class Award:
    """What the project was given; `amount` in whole `unit`s of its pool (`core-seconds`, `gpu-seconds`)."""

    call: str
    amount: int
    unit: str
    ref: EvidenceRef


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a data set as the platform profiled it; `missing` is a count of rows."""

    name: str
    kind: str
    missing: int


@dataclass(frozen=True, slots=True)
class DatasetVersion:
    """A published version: what the platform saw of it, and the data sheet that a person wrote.

    `role` is what it served for: `training` or `evaluation`. `sheet` maps a part of the sheet (motivation, composition,
    collection, preprocessing, uses, maintenance, origin, personal_data) to its text.
    """

    uid: str
    title: str
    number: int
    digest: str
    licence: str
    role: str
    ref: EvidenceRef
    split: str = ""
    rows: int | None = None
    columns: tuple[Column, ...] = ()
    sheet: Mapping[str, str] = field(default_factory=dict)
    sheet_ref: EvidenceRef | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """The agreement under which a data set version was used."""

    dataset: str
    purpose: str
    state: str
    ref: EvidenceRef


@dataclass(frozen=True, slots=True)
class Recipe:
    name: str
    version: str
    digest: str
    licence: str
    ref: EvidenceRef


@dataclass(frozen=True, slots=True)
class Usage:
    """What a job was charged for and how long it took, in seconds; memory in bytes."""

    core_seconds: int
    gpu_seconds: int
    elapsed: int
    cores: int
    gpus: int
    memory: int
    ref: EvidenceRef


@dataclass(frozen=True, slots=True)
class Environment:
    """The software that a job ran with. `lock` is the digest of the lock file; `packages` are names and versions."""

    lock: str
    interpreter: str
    packages: tuple[tuple[str, str], ...]
    sandbox: str
    ref: EvidenceRef


@dataclass(frozen=True, slots=True)
class Run:
    uid: str
    parameters: Mapping[str, object]
    seed: int | None
    start_ref: EvidenceRef
    usage: Usage | None = None
    environment: Environment | None = None


@dataclass(frozen=True, slots=True)
class ModelFile:
    """`size` in bytes."""

    path: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Tensor:
    """An input or an output of the model, by its signature."""

    name: str
    kind: str
    shape: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    number: int
    digest: str
    state: str
    ref: EvidenceRef


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """The version that the file is about; `ref` is the entry of its screening, `purpose_ref` of its registration."""

    uid: str
    name: str
    title: str
    number: int
    digest: str
    format: str
    ref: EvidenceRef
    files: tuple[ModelFile, ...] = ()
    inputs: tuple[Tensor, ...] = ()
    outputs: tuple[Tensor, ...] = ()
    family: str = ""
    base_model: str = ""
    purpose: str = ""
    purpose_ref: EvidenceRef | None = None
    earlier: tuple[EarlierVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound that a metric was to keep. `operator` is `>=` or `<=`; `slice` is empty for all rows."""

    metric: str
    operator: str
    value: float
    slice: str = ""


@dataclass(frozen=True, slots=True)
class ThresholdCommitment:
    title: str
    thresholds: tuple[Threshold, ...]
    ref: EvidenceRef


@dataclass(frozen=True, slots=True)
class Result:
    """One measurement. `interval` bounds it at `level`; `value` is None where nothing could be measured.

    `slice` is empty for all rows, `age` for the spread between groups, `age=<40` for a group, `noise=0.1` for noise.
    `status` is None where it was measured and has no threshold.
    """

    metric: str
    status: ResultStatus | None
    value: float | None = None
    n: int | None = None
    interval: tuple[float, float] | None = None
    level: float = 0.95
    slice: str = ""
    method: str = ""
    threshold: Threshold | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A test report. `signed_by` names the person who accepted it and in which role, `signed_ref` the entry of that."""

    uid: str
    evaluator: str
    dataset: str
    verdict: str
    results: tuple[Result, ...]
    ref: EvidenceRef
    usage: Usage | None = None
    signed_by: str = ""
    signed_ref: EvidenceRef | None = None


@dataclass(frozen=True, slots=True)
class Promotion:
    """A person's decision that this version may be used; `by` is a name and a role."""

    by: str
    reason: str
    ref: EvidenceRef


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A place where the model answers. `hardware` is what it runs on, in words."""

    uid: str
    name: str
    protocol: str
    engine: str
    hardware: str
    state: str
    ref: EvidenceRef


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a person wrote for an item; `excuses` where it says why the item does not apply."""

    text: str
    by: str
    ref: EvidenceRef
    excuses: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known. What is None or empty is not in the record, and then the file says so."""

    provider: Provider | None = None
    project: Project | None = None
    award: Award | None = None
    model: ModelVersion | None = None
    datasets: tuple[DatasetVersion, ...] = ()
    contracts: tuple[Contract, ...] = ()
    recipe: Recipe | None = None
    run: Run | None = None
    commitment: ThresholdCommitment | None = None
    evaluations: tuple[Evaluation, ...] = ()
    classification_ref: EvidenceRef | None = None
    promotion: Promotion | None = None
    endpoints: tuple[Endpoint, ...] = ()
    declarations: Mapping[str, Declaration] = field(default_factory=dict)
