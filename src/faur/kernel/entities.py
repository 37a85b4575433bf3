"""What every row that people can point at has in common: an opaque identifier, a birth date, and who may see it."""

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.db import models

from faur.kernel import clock
from faur.kernel.actors.actor import Actor
from faur.kernel.errors import NotFound
from faur.kernel.ids import is_uid, new_uid, prefix_of


class UidField(models.CharField[str, str]):
    """The public identifier; made when the object is made, so that it can be written down before it is saved."""

    def __init__(self, prefix: str = "", **options: Any) -> None:  # Any: Django's own field options
        self.prefix = prefix
        super().__init__(**{"max_length": 32, "unique": True, "editable": False, **options})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:  # Any: the signature of Django
        name, path, arguments, options = super().deconstruct()
        return name, path, arguments, {**options, "prefix": self.prefix}

    def has_default(self) -> bool:
        return True

    def get_default(self) -> str:
        return new_uid(self.prefix)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract and cls.__module__ != "__fake__":
            _kinds[self.prefix] = cls


_kinds: dict[str, type[models.Model]] = {}

Row = TypeVar("Row", bound=models.Model, covariant=True)


class EntityQuerySet(models.QuerySet[Row], Generic[Row]):
    """Lists are born filtered: every reader starts from `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        """What the actor may see; nothing, unless the service says otherwise."""
        return self.none()

    def get_by_uid(self, uid: str) -> Row:
        """Raises NotFound: no such row in this set, whatever the reason; what is no identifier is not looked for."""
        if not is_uid(uid):
            raise NotFound(uid)
        found = self.filter(uid=uid).first()
        if found is None:
            raise NotFound(uid)
        return found


class Entity(models.Model):
    """A row with an identifier. A concrete class declares `uid = UidField("job")` and its own `objects`."""

    uid: models.CharField[str, str]
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

    page: ClassVar[str] = ""
    """Name of the page's URL pattern, whose only argument is the uid; empty where it has none."""

    def __str__(self) -> str:
        return self.uid


def kinds() -> tuple[str, ...]:
    """The prefixes of all kinds of things, as their identifiers begin."""
    return tuple(sorted(_kinds))


def find(uid: str, actor: Actor) -> models.Model:
    """The row behind any identifier, if the actor may see it.

    Raises:
        NotFound: of an unknown kind, not there, or not for this actor.
    """
    kind = _kinds.get(prefix_of(uid))
    manager = getattr(kind, "objects", None)
    if manager is None or not hasattr(manager, "visible_to"):
        raise NotFound(uid)
    found: models.Model = manager.visible_to(actor).get_by_uid(uid)
    return found


def page_of(uid: str) -> str:
    """Name of the URL pattern of the page of things of this kind; empty where they have none."""
    return str(getattr(_kinds.get(prefix_of(uid)), "page", ""))
