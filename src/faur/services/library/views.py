"""The pages of the library."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faur.kernel.api import Request
from faur.portal.asking import asked, for_people, shown_page
from faur.services.library import queries
from faur.services.library.languages import sector_word
from faur.services.library.models import RecipeVersion


@require_safe
def recipes(request: HttpRequest) -> HttpResponse:
    """All recipes, by sector, task and words."""
    sectors, tasks = queries.sectors_and_tasks()
    found = queries.recipes(**{name: asked(request, name) for name in ("sector", "task", "search")})
    context = {
        "page": shown_page(found, request),
        "sectors": [(one, sector_word(one)) for one in sectors],
        "tasks": [(one, one) for one in tasks],
    }
    return render(request, "library/recipes.html", context)


@require_safe
def recipe(request: HttpRequest, name: str) -> HttpResponse:
    """One recipe: what it does, what it needs, what it makes, and how to run it."""
    found = queries.recipe(name, asked(request, "version"))
    return render(request, "library/recipe.html", {"recipe": found, "versions": queries.versions_of(name)})


@require_safe
@for_people
def recipe_version(request: Request, uid: str) -> HttpResponse:
    """The same by the identifier of one version, to which the record links."""
    found = RecipeVersion.objects.visible_to(request.actor).get_by_uid(uid)
    return render(request, "library/recipe.html", {"recipe": found, "versions": queries.versions_of(found.name)})
