"""A recipe in the language of its reader: its own translations, and the words of the sectors that the factory knows."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Json = dict[str, Any]  # Any: whatever JSON can hold

OWN = ("translations", "x-translations")
"""Where a table of a recipe holds its translations; in its JSON Schema the name begins with x-, as foreign ones do."""

_SECTORS: dict[str, Promise] = {
    "cybersecurity": pgettext_lazy("sector", "cybersecurity"),
    "energy": pgettext_lazy("sector", "energy"),
    "life sciences": pgettext_lazy("sector", "life sciences"),
    "manufacturing": pgettext_lazy("sector", "manufacturing"),
    "public services": pgettext_lazy("sector", "public services"),
}


def sector_word(sector: str) -> str:
    """The sector in words; one that the factory does not know is shown as it is spelt."""
    return str(_SECTORS.get(sector, sector))


def in_language(document: Json, language: str) -> Json:
    """`document` with every text that has a translation into `language` (`ro`, `ro-md`) in its place."""
    found: Json = _told(document, language[:2])
    return found


def _told(value: Any, language: str) -> Any:  # Any: JSON
    if isinstance(value, list):
        return [_told(one, language) for one in value]
    if not isinstance(value, Mapping):
        return value
    own: Json = {}
    for name in OWN:
        own |= value.get(name, {}).get(language, {})
    return {name: _told(one, language) for name, one in {**value, **own}.items()}
