"""The REST routes of the registry."""

from datetime import datetime
from typing import Any

from ninja import Query, Schema
from pydantic import Field

from faur.kernel.api import Page, Paging, Request, answers, page_of
from faur.kernel.api import router as make_router
from faur.kernel.blobs import link_token
from faur.kernel.units import Seconds
from faur.services.models import queries
from faur.services.models.actions.promote_model import promote_model, retire_model
from faur.services.models.actions.register_model import Naming, register_model
from faur.services.models.gate import gaps_of
from faur.services.models.models import Model, ModelVersion
from faur.services.training.public import run_for

router = make_router("models")
LINK_LASTS = Seconds(3600)


class ModelIn(Schema):
    run: str
    name: str = Field(max_length=50)
    title: str = Field("", max_length=200)
    intended_purpose: str = Field("", max_length=5000)
    project: str = ""


class FileOut(Schema):
    path: str
    digest: str
    size: int
    media_type: str
    link: str


class VersionOut(Schema):
    id: str = Field(alias="uid")
    model: str = Field(alias="model.uid")
    title: str
    number: int
    project: str = Field(alias="model.project.uid")
    run: str = Field(alias="run.uid")
    state: str
    manifest: str
    format: str
    signature: dict[str, Any]  # Any: what model.json says
    refusal_code: str
    refusal: str
    files: list[FileOut]
    created_at: datetime

    @staticmethod
    def resolve_files(version: ModelVersion) -> list[dict[str, object]]:
        return [
            {
                "path": file.path,
                "digest": file.digest,
                "size": file.size,
                "media_type": file.media_type,
                "link": f"/api/v1/bytes/{link_token(file.digest, LINK_LASTS, file.path, file.media_type)}",
            }
            for file in queries.files_of(version)
        ]


class ModelOut(Schema):
    id: str = Field(alias="uid")
    name: str
    title: str
    intended_purpose: str
    project: str = Field(alias="project.uid")
    created_at: datetime


class ModelWithVersions(ModelOut):
    versions: list[VersionOut]

    @staticmethod
    def resolve_versions(model: Model) -> list[ModelVersion]:
        return queries.versions_of(model)


class Gate(Schema):
    """What stands between a version and its promotion; nothing, when `gaps` is empty."""

    gaps: list[str]


class Reason(Schema):
    reason: str = Field(max_length=2000)


class Filters(Schema):
    project: str = ""
    search: str = ""


@router.post("/models", response=answers(VersionOut, 201), operation_id="register_model")
def register(request: Request, body: ModelIn) -> tuple[int, ModelVersion]:
    run = run_for(request.actor, body.run)
    return 201, register_model(request.actor, run, naming=Naming(body.name, body.title, body.intended_purpose))


@router.get("/models", response=answers(Page[ModelOut]), operation_id="list_models")
def list_(request: Request, filters: Query[Filters], paging: Query[Paging]) -> dict[str, object]:
    return page_of(queries.models(request.actor, **filters.dict()), paging)


@router.get("/models/{model}", response=answers(ModelWithVersions), operation_id="get_model")
def get(request: Request, model: str) -> Model:
    return queries.model(request.actor, model)


@router.get("/model-versions/{version}", response=answers(VersionOut), operation_id="get_model_version")
def get_version(request: Request, version: str) -> ModelVersion:
    return queries.version_for(request.actor, version)


@router.get("/model-versions/{version}/gate", response=answers(Gate), operation_id="get_model_gate")
def gate(request: Request, version: str) -> dict[str, object]:
    return {"gaps": gaps_of(queries.version_for(request.actor, version))}


@router.post("/model-versions/{version}/promote", response=answers(VersionOut), operation_id="promote_model")
def promote(request: Request, version: str, body: Reason) -> ModelVersion:
    found = queries.version_for(request.actor, version)
    promote_model(request.actor, found, reason=body.reason)
    return found


@router.post("/model-versions/{version}/retire", response=answers(VersionOut), operation_id="retire_model")
def retire(request: Request, version: str, body: Reason) -> ModelVersion:
    found = queries.version_for(request.actor, version)
    retire_model(request.actor, found, reason=body.reason)
    return found
