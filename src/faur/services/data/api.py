"""The REST routes of data. Bytes themselves come and go through the gateway, under `/api/v1/bytes`."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from ninja import Query, Schema, Status
from pydantic import Field

from faur.kernel.api import Page, Paging, Request, answers, page_of
from faur.kernel.api import router as make_router
from faur.kernel.blobs import Digest, link_token
from faur.kernel.units import Seconds
from faur.services.data import queries
from faur.services.data.actions.contracts import agree_contract, approve_contract, decline_contract
from faur.services.data.actions.describe_dataset import Description, create_dataset, edit_dataset
from faur.services.data.actions.publish_version import Uploaded, publish_version
from faur.services.data.models import Contract, Dataset, DatasetVersion
from faur.services.data.rules import Purpose
from faur.services.projects.public import project_visible

router = make_router("data")
CREATED = HTTPStatus.CREATED
LINK_LASTS = Seconds(3600)
Json = dict[str, Any]  # Any: JSON


class DescriptionIn(Schema):
    title: str = Field(max_length=200)
    description: str = Field("", max_length=20_000)
    licence: str = Field(max_length=100)
    sheet: Json = Field(default_factory=dict)
    policy: Json = Field(default_factory=dict)

    def told(self) -> Description:
        return Description(self.title, self.description, self.licence, self.sheet, self.policy)


class DatasetIn(DescriptionIn):
    project: str
    name: str = Field(max_length=80)


class DatasetOut(Schema):
    id: str = Field(alias="uid")
    name: str
    title: str
    description: str
    licence: str
    sheet: Json
    policy: Json
    project: str = Field(alias="project.uid")
    created_at: datetime


class FileIn(Schema):
    path: str = Field(max_length=500)
    split: str = Field("train", max_length=40)
    receipt: str = Field(max_length=2000)


class VersionIn(Schema):
    files: list[FileIn] = Field(max_length=1000)
    note: str = Field("", max_length=500)


class VersionOut(Schema):
    id: str = Field(alias="uid")
    dataset: str = Field(alias="dataset.uid")
    project: str = Field(alias="dataset.project.uid")
    title: str
    number: int
    state: str
    manifest: str
    refusal_code: str
    refusal: str
    note: str
    created_at: datetime


class WholeVersion(VersionOut):
    """With what was found in its files, and where to fetch them."""

    files: list[Json]
    profile: list[Json]

    @staticmethod
    def resolve_files(version: DatasetVersion) -> list[Json]:
        if version.state != DatasetVersion.State.PUBLISHED:
            return list(version.files)
        return [{**file, "link": f"/api/v1/bytes/{_link(file)}"} for file in version.files]


class ContractIn(Schema):
    version: str
    project: str
    purpose: Purpose


class ContractOut(Schema):
    id: str = Field(alias="uid")
    version: str = Field(alias="version.uid")
    version_title: str = Field(alias="version.title")
    project: str = Field(alias="project.uid")
    purpose: str
    state: str
    policy_digest: str
    created_at: datetime
    decided_at: datetime | None


class DatasetFilters(Schema):
    project: str = ""
    search: str = ""


class ContractFilters(Schema):
    project: str = ""
    state: str = ""


@router.post("/datasets", response=answers(DatasetOut, CREATED), operation_id="create_dataset")
def create(request: Request, body: DatasetIn) -> Status[Dataset]:
    project = project_visible(request.actor, body.project)
    return Status(CREATED, create_dataset(request.actor, project, name=body.name, description=body.told()))


@router.get("/datasets", response=answers(Page[DatasetOut]), operation_id="list_datasets")
def list_(request: Request, filters: Query[DatasetFilters], paging: Query[Paging]) -> dict[str, object]:
    return page_of(queries.datasets(request.actor, **filters.dict()), paging)


@router.get("/datasets/{dataset}", response=answers(DatasetOut), operation_id="get_dataset")
def get(request: Request, dataset: str) -> Dataset:
    return queries.dataset(request.actor, dataset)


@router.patch("/datasets/{dataset}", response=answers(DatasetOut), operation_id="edit_dataset")
def edit(request: Request, dataset: str, body: DescriptionIn) -> Dataset:
    found = queries.dataset(request.actor, dataset)
    return edit_dataset(request.actor, found, description=body.told())


@router.post("/datasets/{dataset}/versions", response=answers(VersionOut, CREATED), operation_id="publish_version")
def publish(request: Request, dataset: str, body: VersionIn) -> Status[DatasetVersion]:
    found = queries.dataset(request.actor, dataset)
    files = [Uploaded(file.path, file.split, file.receipt) for file in body.files]
    return Status(CREATED, publish_version(request.actor, found, files=files, note=body.note))


@router.get("/datasets/{dataset}/versions", response=answers(Page[VersionOut]), operation_id="list_versions")
def versions(request: Request, dataset: str, paging: Query[Paging]) -> dict[str, object]:
    found = queries.dataset(request.actor, dataset)
    return page_of(found.versions.with_dataset().order_by("-number"), paging)


@router.get("/dataset-versions/{version}", response=answers(WholeVersion), operation_id="get_dataset_version")
def get_version(request: Request, version: str) -> DatasetVersion:
    return queries.version(request.actor, version)


@router.post("/contracts", response=answers(ContractOut, CREATED), operation_id="agree_contract")
def agree(request: Request, body: ContractIn) -> Status[Contract]:
    project = project_visible(request.actor, body.project)
    version = queries.version(request.actor, body.version)
    return Status(CREATED, agree_contract(request.actor, project, version=version, purpose=body.purpose))


@router.get("/contracts", response=answers(Page[ContractOut]), operation_id="list_contracts")
def contracts(request: Request, filters: Query[ContractFilters], paging: Query[Paging]) -> dict[str, object]:
    return page_of(queries.contracts(request.actor, **filters.dict()), paging)


@router.get("/contracts/{contract}", response=answers(ContractOut), operation_id="get_contract")
def get_contract(request: Request, contract: str) -> Contract:
    return queries.contract(request.actor, contract)


@router.post("/contracts/{contract}/approve", response=answers(ContractOut), operation_id="approve_contract")
def approve(request: Request, contract: str) -> Contract:
    found = queries.contract(request.actor, contract)
    approve_contract(request.actor, found)
    return found


@router.post("/contracts/{contract}/decline", response=answers(ContractOut), operation_id="decline_contract")
def decline(request: Request, contract: str) -> Contract:
    found = queries.contract(request.actor, contract)
    decline_contract(request.actor, found)
    return found


def _link(file: Json) -> str:
    return link_token(Digest(file["digest"]), LINK_LASTS, file["path"], file["media_type"])
