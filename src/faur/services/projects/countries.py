"""Countries by their code of two letters (ISO 3166-1), named in the language of the page from the CLDR."""

from functools import cache

from babel import Locale
from django.utils.translation import get_language

_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language, sep="-").territories
    named = {code: str(name) for code, name in territories.items() if len(code) == 2 and code not in _NO_COUNTRIES}
    return dict(sorted(named.items(), key=lambda item: item[1].casefold()))


def choices() -> list[tuple[str, str]]:
    """Code and name of every country, by name."""
    return list(_names(get_language() or "en").items())


def name_of(code: str) -> str:
    """The country's name; the code itself where it names none."""
    return _names(get_language() or "en").get(code, code)


def is_country(code: str) -> bool:
    return code in _names("en")
