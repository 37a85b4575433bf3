"""The REST routes of the registry."""

from http import HTTPStatus

from ninja import Query, Status

from faur.kernel.api import Page, Paging, Request, answers, page_of
from faur.kernel.api import router as make_router
from faur.services.models import queries
from faur.services.models import schemas as s
from faur.services.models.actions.promote_model import promote_model, retire_model
from faur.services.models.actions.register_model import register_model
from faur.services.models.gate import grounds_of
from faur.services.models.models import Model, ModelVersion

router = make_router("models")
CREATED = HTTPStatus.CREATED


@router.post("/models", response=answers(s.VersionOut, CREATED), operation_id="register_model")
def register(request: Request, body: s.ModelIn) -> Status[ModelVersion]:
    run = queries.run_in(request.actor, body.run, body.project)
    return Status(CREATED, register_model(request.actor, run, naming=body.naming()))


@router.get("/models", response=answers(Page[s.ModelOut]), operation_id="list_models")
def list_(request: Request, filters: Query[s.Filters], paging: Query[Paging]) -> dict[str, object]:
    return page_of(queries.models(request.actor, **filters.dict()), paging)


@router.get("/models/{model}", response=answers(s.ModelWithVersions), operation_id="get_model")
def get(request: Request, model: str) -> Model:
    return queries.model(request.actor, model)


@router.get("/model-versions/{version}", response=answers(s.VersionOut), operation_id="get_model_version")
def get_version(request: Request, version: str) -> ModelVersion:
    return queries.version_for(request.actor, version)


@router.get("/model-versions/{version}/gate", response=answers(s.GateOut), operation_id="get_model_gate")
def gate(request: Request, version: str) -> s.GateOut:
    return s.GateOut.of(grounds_of(queries.version_for(request.actor, version)))


@router.post("/model-versions/{version}/promote", response=answers(s.VersionOut), operation_id="promote_model")
def promote(request: Request, version: str, body: s.Reason) -> ModelVersion:
    found = queries.version_for(request.actor, version)
    promote_model(request.actor, found, reason=body.reason)
    return found


@router.post("/model-versions/{version}/retire", response=answers(s.VersionOut), operation_id="retire_model")
def retire(request: Request, version: str, body: s.Reason) -> ModelVersion:
    found = queries.version_for(request.actor, version)
    retire_model(request.actor, found, reason=body.reason)
    return found
