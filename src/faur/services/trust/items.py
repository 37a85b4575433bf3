"""A written technical file as its page shows it: gaps first, each item with what it rests on."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import Digest, blobs
from faur.kernel.record import FACTORY_CHAIN
from faur.services.trust.models import Declaration, TechnicalFile
from faur.services.trust.rules import HumanPart, ItemStatus

Json = dict[str, Any]  # Any: JSON of a technical file
ORDER = (ItemStatus.MISSING, ItemStatus.DECLARED, ItemStatus.EVIDENCED, ItemStatus.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Rest:
    """An entry of the record that an item rests on; `url` is empty where the reader may not open it."""

    name: str
    strength: str
    when: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One item. `newer`: what was declared after the file was written, and will stand in the next one."""

    id: str
    title: str
    asks: str
    status: str
    why: str
    blocks: Sequence[Json]
    rests: tuple[Rest, ...]
    takes_words: bool
    newer: Declaration | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The items of one status."""

    status: str
    items: tuple[ShownItem, ...]


def shelves_of(actor: Actor, file: TechnicalFile, declarations: Sequence[Declaration]) -> list[Shelf]:
    """The items of a file that is ready, by status, gaps first; `declarations` of its model come newest first."""
    newest: dict[str, Declaration] = {}
    for one in declarations:
        newest.setdefault(one.item, one)
    items = [_item(one, actor, file, newest.get(one["id"])) for one in _document(file)["items"]]
    found = [Shelf(status, tuple(item for item in items if item.status == status)) for status in ORDER]
    return [shelf for shelf in found if shelf.items]


def _document(file: TechnicalFile) -> Json:
    document: Json = json.loads(b"".join(blobs().open(Digest(file.document))))
    return document


def _item(one: Json, actor: Actor, file: TechnicalFile, declared: Declaration | None) -> ShownItem:
    return ShownItem(
        id=one["id"],
        title=one["title"],
        asks=one["asks"],
        status=one["status"],
        why=one["why"],
        blocks=one["blocks"],
        rests=tuple(_rest(ref, actor) for ref in one["evidence"]),
        takes_words=one["human"] != HumanPart.NONE,
        newer=declared if declared is not None and declared.created_at > file.created_at else None,
    )


def _rest(ref: Mapping[str, str], actor: Actor) -> Rest:
    chain, _sign, seq = ref["entry"].partition("#")
    may_open = chain != FACTORY_CHAIN or actor.sees_all
    name = _("Entry %(entry)s") % {"entry": seq}
    return Rest(name, ref["strength"], ref["when"], reverse("entry", args=[chain, seq]) if may_open else "")
