"""An entry of the record as a person reads it: who did what to which things, and what is claimed of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from faur.kernel.actors.actor import ANONYMOUS, SYSTEM
from faur.kernel.entities import page_of
from faur.kernel.ids import is_uid
from faur.kernel.record import Entry
from faur.kernel.record.statements import is_digest
from faur.kernel.units import Unit
from faur.services.projects.amounts import in_words as amount_in_words
from faur.services.projects.claim_words import claim_in_words
from faur.services.projects.queries import names_of
from faur.services.projects.verb_words import in_words, kind_in_words

UNITS = frozenset(Unit)


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim: a value, or a list of facts beneath it. `url` is the page of what the value names, if it has one."""

    label: str = ""
    text: str = ""
    url: str = ""
    digest: str = ""
    parts: tuple["Fact", ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """An entry with its words."""

    entry: Entry
    who: str
    verb: str
    subjects: tuple[Fact, ...]

    @property
    def claims(self) -> tuple[Fact, ...]:
        """The claims, each under its name."""
        return _claims(self.entry.claims)

    @property
    def canonical(self) -> str:
        """The very bytes that were hashed."""
        return bytes(self.entry.body).decode()


def read(entries: Sequence[Entry]) -> list[Read]:
    """The entries with the names of who acted and of whom they are about; one query."""
    acted = [entry.actor_uid for entry in entries]
    named = [subject.get("uid", "") for entry in entries for subject in entry.subjects]
    names = names_of([*acted, *named])
    return [
        Read(
            entry,
            _who(entry.actor_uid, names),
            in_words(entry.verb),
            tuple(_subject(subject, names) for subject in entry.subjects),
        )
        for entry in entries
    ]


def url_of(uid: str) -> str:
    """The page of the thing with this identifier; empty where it has none."""
    name = page_of(uid) if is_uid(uid) else ""
    try:
        return reverse(name, args=[uid]) if name else ""
    except NoReverseMatch:
        return ""


def _who(uid: str, names: Mapping[str, str]) -> str:
    if uid == SYSTEM.uid:
        return _("The factory")
    if uid == ANONYMOUS.uid:
        return _("Somebody new")
    return names.get(uid, uid)


def _subject(said: Mapping[str, str], names: Mapping[str, str]) -> Fact:
    uid, digest = said.get("uid", ""), said.get("digest", "")
    text = said.get("title", "") or names.get(uid, uid)
    return Fact(kind_in_words(uid), text, url_of(uid), digest)


def _claims(claims: Mapping[str, object]) -> tuple[Fact, ...]:
    unit = claims.get("unit")
    return tuple(_fact(name, value, unit if unit in UNITS else None) for name, value in claims.items())


def _fact(name: str, value: object, unit: object = None) -> Fact:
    label = claim_in_words(name)
    if isinstance(value, Mapping):
        return Fact(label, parts=_claims(value))
    if isinstance(value, str):
        return Fact(label, digest=value) if is_digest(value) else Fact(label, value, url_of(value))
    if isinstance(value, Sequence):
        return Fact(label, parts=tuple(_fact(str(place), one) for place, one in enumerate(value, start=1)))
    if isinstance(value, bool):
        return Fact(label, _("yes") if value else _("no"))
    if isinstance(value, int) and unit and name in _AMOUNTS:
        return Fact(label, f"{amount_in_words(value, str(unit))} ({value} {unit})")
    return Fact(label, "–" if value is None else str(value))


_AMOUNTS = frozenset({"amount", "capacity", "held", "charged", "used"})
