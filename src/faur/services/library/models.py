"""The versions of recipes that this factory knows, each named by the digest of its files."""

from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import get_language

from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import Digest, ManifestFile
from faur.kernel.entities import Entity, EntityQuerySet, UidField
from faur.kernel.units import Bytes
from faur.services.library.languages import in_language, sector_word


class RecipeVersionQuerySet(EntityQuerySet["RecipeVersion"]):
    def visible_to(self, actor: Actor) -> Self:
        """The library is public."""
        return self.all()

    def current(self) -> Self:
        """The newest version of each recipe."""
        return self.filter(is_current=True)


class RecipeVersion(Entity):
    """One content of a recipe's folder. `document` is what `recipe.toml` says, as the API answers it."""

    uid = UidField("rcp")
    page = "recipe-version"
    name = models.SlugField(max_length=80)
    version = models.CharField(max_length=40)
    manifest = models.CharField(max_length=80, unique=True)
    files = models.JSONField(default=list)
    document: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()  # Any: JSON
    is_current = models.BooleanField(default=True)

    objects = RecipeVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "-pk"]
        indexes: ClassVar = [models.Index(fields=["name", "is_current"], name="recipe_current")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def title(self) -> str:
        return str(self.told["title"])

    @cached_property
    def told(self) -> dict[str, Any]:  # Any: JSON
        """What the recipe says of itself, in the language of its reader."""
        return in_language(self.document, get_language() or "")

    @property
    def sectors(self) -> list[str]:
        return [sector_word(sector) for sector in self.document["sectors"]]

    @property
    def digest(self) -> str:
        return self.manifest

    @property
    def program_files(self) -> list[ManifestFile]:
        """The recipe's files, by their paths under a job's `program/`."""
        return [
            ManifestFile(file["path"], Digest(file["digest"]), Bytes(file["size"]), file["media_type"])
            for file in self.files
        ]
