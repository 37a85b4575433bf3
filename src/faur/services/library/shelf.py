"""The recipes that come with Faur, put into the library at every start."""

from collections.abc import Iterator
from pathlib import Path

from faur.kernel.actors.actor import FACTORY, SYSTEM
from faur.kernel.blobs import blobs, put_manifest
from faur.services.library.actions.add_recipe import add_recipe, stored_files
from faur.services.library.models import RecipeVersion
from faur.services.library.recipe_format import Recipe, load_recipe

SHELF = Path(__file__).with_name("recipes")


def sync_recipes() -> list[RecipeVersion]:
    """Add what is new or changed on the shelf; what is known already costs a look at its files. Returns them."""
    added = []
    for recipe in _on_shelf():
        files = stored_files(recipe)
        manifest = put_manifest(blobs(), files).digest
        if not RecipeVersion.objects.filter(manifest=manifest, is_current=True).exists():
            added.append(add_recipe(SYSTEM, FACTORY, recipe=recipe, files=files))
    return added


def _on_shelf() -> Iterator[Recipe]:
    for folder in sorted(SHELF.iterdir()):
        if (folder / "recipe.toml").is_file():
            yield load_recipe(folder)
