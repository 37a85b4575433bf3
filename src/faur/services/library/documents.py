"""A recipe as a document: what is kept of it, and what the API answers."""

from dataclasses import asdict
from typing import Any

from faur.services.library.recipe_format import Input, Json, Metric, Output, Recipe, Resources


def as_document(recipe: Recipe) -> Json:
    """Everything that the recipe says of itself, without the places of its files."""
    document: dict[str, Any] = {  # Any: JSON
        name: getattr(recipe, name)
        for name in ("name", "version", "title", "summary", "licence", "entry", "interpreter", "parameters", "ai_act")
    }
    for name in ("sectors", "tasks", "libraries"):
        document[name] = list(getattr(recipe, name))
    for name in ("inputs", "outputs", "metrics"):
        document[name] = [asdict(one) for one in getattr(recipe, name)]
    return {**document, "resources": asdict(recipe.resources), "translations": recipe.translations}


def recipe_of(document: Json) -> Recipe:
    """The recipe behind a document that `as_document` made; it knows no files."""
    plain = {
        name: document[name]
        for name in ("name", "version", "title", "summary", "licence", "entry", "interpreter", "parameters", "ai_act")
    }
    return Recipe(
        **plain,
        sectors=tuple(document["sectors"]),
        tasks=tuple(document["tasks"]),
        libraries=tuple(document["libraries"]),
        inputs=tuple(Input(**{**one, "media_types": tuple(one["media_types"])}) for one in document["inputs"]),
        outputs=tuple(Output(**{**one, "files": tuple(one["files"])}) for one in document["outputs"]),
        metrics=tuple(Metric(**one) for one in document["metrics"]),
        resources=Resources(**document["resources"]),
        translations=document.get("translations", {}),
        files={},
    )
