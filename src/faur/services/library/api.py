"""The REST routes of the library: public, and read-only."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from faur.kernel.api import Page, Paging, answers, page_of
from faur.kernel.api import router as make_router
from faur.services.library import queries
from faur.services.library.models import RecipeVersion

router = make_router("library")
Json = dict[str, Any]  # Any: a part of the recipe's document


class RecipeOut(Schema):
    id: str = Field(alias="uid")
    name: str
    version: str
    manifest: str
    title: str = Field(alias="document.title")
    summary: str = Field(alias="document.summary")
    licence: str = Field(alias="document.licence")
    sectors: list[str] = Field(alias="document.sectors")
    tasks: list[str] = Field(alias="document.tasks")


class RecipeVersionOut(Schema):
    id: str = Field(alias="uid")
    version: str
    manifest: str
    is_current: bool


class WholeRecipe(RecipeOut):
    """With everything that is needed to run it, and its earlier versions."""

    parameters: Json = Field(alias="document.parameters")
    inputs: list[Json] = Field(alias="document.inputs")
    outputs: list[Json] = Field(alias="document.outputs")
    metrics: list[Json] = Field(alias="document.metrics")
    resources: Json = Field(alias="document.resources")
    ai_act: Json = Field(alias="document.ai_act")
    libraries: list[str] = Field(alias="document.libraries")
    versions: list[RecipeVersionOut]

    @staticmethod
    def resolve_versions(version: RecipeVersion) -> list[RecipeVersion]:
        return queries.versions_of(version.name)


class RecipeFilters(Schema):
    sector: str = ""
    task: str = ""
    search: str = ""


@router.get("/recipes", auth=None, response=answers(Page[RecipeOut]), operation_id="list_recipes")
def list_(request: HttpRequest, filters: Query[RecipeFilters], paging: Query[Paging]) -> dict[str, object]:
    return page_of(queries.recipes(**filters.dict()), paging)


@router.get("/recipes/{name}", auth=None, response=answers(WholeRecipe), operation_id="get_recipe")
def get(request: HttpRequest, name: str, version: str = "") -> RecipeVersion:
    return queries.recipe(name, version)
