"""The REST routes of data. Bytes themselves come and go through the gateway, under `/api/v1/bytes`."""

from http import HTTPStatus

from ninja import Query, Status

from faur.kernel.api import Page, Paging, Request, answers, page_of
from faur.kernel.api import router as make_router
from faur.services.data import queries
from faur.services.data.actions.agree_contract import agree_contract
from faur.services.data.actions.approve_contract import approve_contract
from faur.services.data.actions.create_dataset import create_dataset
from faur.services.data.actions.decline_contract import decline_contract
from faur.services.data.actions.edit_dataset import edit_dataset
from faur.services.data.actions.publish_version import Uploaded, publish_version
from faur.services.data.models import Contract, Dataset, DatasetVersion
from faur.services.data.schemas import (
    ContractFilters,
    ContractIn,
    ContractOut,
    DatasetFilters,
    DatasetIn,
    DatasetOut,
    DatasetVersionIn,
    DatasetVersionOut,
    DescriptionIn,
    WholeDatasetVersion,
)
from faur.services.data.showing import Shown, shown
from faur.services.projects.public import project_visible

router = make_router("data")
CREATED = HTTPStatus.CREATED


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


@router.post(
    "/datasets/{dataset}/versions", response=answers(DatasetVersionOut, CREATED), operation_id="publish_version"
)
def publish(request: Request, dataset: str, body: DatasetVersionIn) -> Status[DatasetVersion]:
    found = queries.dataset(request.actor, dataset)
    files = [Uploaded(file.path, file.split, file.receipt) for file in body.files]
    return Status(CREATED, publish_version(request.actor, found, files=files, note=body.note))


@router.get("/datasets/{dataset}/versions", response=answers(Page[DatasetVersionOut]), operation_id="list_versions")
def versions(request: Request, dataset: str, paging: Query[Paging]) -> dict[str, object]:
    found = queries.dataset(request.actor, dataset)
    return page_of(queries.versions_of(request.actor, found), paging)


@router.get("/dataset-versions/{version}", response=answers(WholeDatasetVersion), operation_id="get_dataset_version")
def get_version(request: Request, version: str) -> Shown:
    return shown(request.actor, queries.version(request.actor, version))


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
