"""What one project knows and another must not: every identifier, digest and name of its things and its people."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from faur.kernel.actors.actor import Actor
from faur.kernel.actors.directory import actor_of
from faur.kernel.actors.models import User
from faur.kernel.entities import Entity

TELLING = ("uid", "title", "name", "prefix", "registration_number", "vat")
SHORTEST = 7
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def secrets_of(insider: User, outsider: User) -> set[str]:
    """What the insider may read and the outsider may not, in words that could show up in an answer."""
    people = {word for user in User.objects.exclude(pk=outsider.pk) for word in (user.uid, user.email)}
    return (_known_to(actor_of(insider)) | people) - _known_to(actor_of(outsider)) - {outsider.uid, outsider.email}


def _known_to(actor: Actor) -> set[str]:
    return {word for rows in _visible(actor) for row in rows for word in _words(row)}


def _visible(actor: Actor) -> Iterator[models.QuerySet[models.Model]]:
    for kind in apps.get_models():
        if issubclass(kind, Entity) and hasattr(kind.objects, "visible_to"):
            yield kind.objects.visible_to(actor)


def _words(row: models.Model) -> Iterator[str]:
    for name in TELLING:
        word = getattr(row, name, "")
        if isinstance(word, str) and len(word) >= SHORTEST:
            yield word
    yield from DIGEST.findall(repr(vars(row)))
