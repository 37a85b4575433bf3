"""What pages, the API and later services read of the library."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from faur.kernel.errors import NotFound
from faur.services.library.documents import recipe_of
from faur.services.library.models import RecipeVersion
from faur.services.library.recipe_format import Json, validate_parameters


def recipes(*, sector: str = "", task: str = "", search: str = "") -> "QuerySet[RecipeVersion, Any]":  # Any: rows
    """The current version of each recipe, by name. Sectors and tasks are few, so they are matched in the document."""
    rows = RecipeVersion.objects.current().order_by("name")
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(document__icontains=search))
    chosen = [row.pk for row in rows if _suits(row.document, sector, task)]
    return RecipeVersion.objects.filter(pk__in=chosen).order_by("name")


def recipe(name: str, version: str = "") -> RecipeVersion:
    """The current version of a recipe, or the newest content of that version of it.

    Raises:
        NotFound: there is none.
    """
    rows = RecipeVersion.objects.filter(name=name).order_by("-is_current", "-pk")
    found = (rows.filter(version=version) if version else rows).first()
    if found is None:
        raise NotFound(name)
    return found


def versions_of(name: str) -> list[RecipeVersion]:
    """All contents that a recipe has had, newest first."""
    return list(RecipeVersion.objects.filter(name=name).order_by("-pk")[:100])


def checked_parameters(version: RecipeVersion, parameters: Mapping[str, object]) -> Json:
    """The parameters with the recipe's defaults.

    Raises:
        ParametersInvalid: its fields say of each what is wrong.
    """
    return validate_parameters(recipe_of(version.document), parameters)


def sectors_and_tasks() -> tuple[list[str], list[str]]:
    """All sectors and tasks that the library has recipes for."""
    documents = list(RecipeVersion.objects.current().values_list("document", flat=True))
    sectors = {sector for document in documents for sector in document["sectors"]}
    tasks = {task for document in documents for task in document["tasks"]}
    return sorted(sectors), sorted(tasks)


def _suits(document: Mapping[str, Any], sector: str, task: str) -> bool:  # Any: JSON
    return (not sector or sector in document["sectors"]) and (not task or task in document["tasks"])
