"""A recipe, or another version of one, enters the library."""

from pathlib import Path

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor, Factory
from faur.kernel.blobs import ManifestFile, blobs, put_manifest
from faur.kernel.record import Statement
from faur.services.library.documents import as_document
from faur.services.library.models import RecipeVersion
from faur.services.library.recipe_format import Recipe

MEDIA_TYPES = {".py": "text/x-python", ".toml": "application/toml", ".json": "application/json"}


def _may(actor: Actor, _: Factory) -> bool:
    return actor.is_system


@action("library.add_recipe", may=_may)
def add_recipe(
    actor: Actor, factory: Factory, *, recipe: Recipe, files: list[ManifestFile]
) -> Statement[RecipeVersion]:
    """Keep this content of the recipe as its current version."""
    RecipeVersion.objects.filter(name=recipe.name, is_current=True).update(is_current=False)
    manifest = put_manifest(blobs(), files).digest
    listed = [
        {"path": file.path, "digest": file.digest, "size": file.size, "media_type": file.media_type} for file in files
    ]
    version, _is_new = RecipeVersion.objects.update_or_create(
        manifest=manifest,
        defaults={
            "name": recipe.name,
            "version": recipe.version,
            "files": listed,
            "document": as_document(recipe),
            "is_current": True,
        },
    )
    claims = {"name": recipe.name, "version": recipe.version, "manifest": manifest, "licence": recipe.licence}
    return Statement(subjects=[version], claims=claims, result=version)


def stored_files(recipe: Recipe) -> list[ManifestFile]:
    """The recipe's files as blobs, put there if they were not."""
    return [_stored(path, place) for path, place in recipe.files.items()]


def _stored(path: str, place: Path) -> ManifestFile:
    stored = blobs().put([place.read_bytes()])
    return ManifestFile(path, stored.digest, stored.size, MEDIA_TYPES[place.suffix])
