"""The pages of the library."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from faur.services.library import queries
from faur.services.library.models import RecipeVersion


def recipes(request: HttpRequest) -> HttpResponse:
    """All recipes, by sector, task and words."""
    asked = {name: request.GET.get(name, "")[:100] for name in ("sector", "task", "search")}
    sectors, tasks = queries.sectors_and_tasks()
    rows = queries.recipes(**asked)
    return render(request, "library/recipes.html", {"rows": rows, "asked": asked, "sectors": sectors, "tasks": tasks})


def recipe(request: HttpRequest, name: str) -> HttpResponse:
    """One recipe: what it does, what it needs, what it makes, and how to run it."""
    found = queries.recipe(name, request.GET.get("version", "")[:40])
    return render(request, "library/recipe.html", {"recipe": found, "versions": queries.versions_of(name)})


def recipe_version(request: HttpRequest, uid: str) -> HttpResponse:
    """The same by the identifier of one version, to which the record links."""
    found = RecipeVersion.objects.visible_to(request.actor).get_by_uid(uid)  # type: ignore[attr-defined]  # set by PageMiddleware
    return render(request, "library/recipe.html", {"recipe": found, "versions": queries.versions_of(found.name)})
