"""The front door of the library: what other services may use, and nothing else."""

from faur.services.library.actions.add_recipe import stored_files
from faur.services.library.documents import recipe_of
from faur.services.library.errors import ParametersInvalid
from faur.services.library.models import RecipeVersion
from faur.services.library.queries import checked_parameters, recipe, recipes
from faur.services.library.recipe_format import Input, Recipe, Resources, load_recipe
from faur.services.library.shelf import sync_recipes

__all__ = [
    "Input",
    "ParametersInvalid",
    "Recipe",
    "RecipeVersion",
    "Resources",
    "checked_parameters",
    "load_recipe",
    "recipe",
    "recipe_of",
    "recipes",
    "stored_files",
    "sync_recipes",
]
