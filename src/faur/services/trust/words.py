"""Sentences that come with data, in the three languages of the factory, and how figures read in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

LANGUAGES = ("en", "ro", "bg")
_NARROW_SPACE = "\u202f"
_DECIMAL_MARK = {"en": ".", "ro": ",", "bg": ","}
_NOUGHT = 1e-12
_BINARY_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


def known_language(code: str) -> str:
    """The factory's language for a language tag (`ro` for `ro-MD`), English where it speaks none such."""
    language = code.lower().partition("-")[0]
    return language if language in LANGUAGES else "en"


@dataclass(frozen=True, slots=True)
class Translated:
    """One sentence in English, Romanian and Bulgarian."""

    en: str
    ro: str
    bg: str

    @classmethod
    def read(cls, texts: Mapping[str, str]) -> "Translated":
        return cls(en=texts["en"], ro=texts["ro"], bg=texts["bg"])

    def in_language(self, code: str) -> str:
        return {"en": self.en, "ro": self.ro, "bg": self.bg}[known_language(code)]


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of a document in one language."""

    language: str
    texts: Mapping[str, Translated]

    def __call__(self, key: str, **values: str) -> str:
        """The sentence under `key`, its named places filled with `values`.

        Raises:
            KeyError: there is no such sentence, or a value for one of its places is missing.
        """
        return self.texts[key].in_language(self.language) % values

    def term(self, family: str, name: str) -> str:
        """The word for `name` in a family of words (`verdict.passed`), or `name` itself where it has none."""
        known = self.texts.get(f"{family}.{name}")
        return known.in_language(self.language) if known else name

    def number(self, value: float | None) -> str:
        """Four significant digits, with the decimal mark of the language; a dash for None.

        What is smaller than 10^-12 is the rounding of a computer, and reads as nought.
        """
        if value is None:
            return "–"
        return f"{0.0 if abs(value) < _NOUGHT else value:.4g}".replace(
            ".", _DECIMAL_MARK[known_language(self.language)]
        )

    def whole(self, value: int | None) -> str:
        """A whole number, its thousands apart by a narrow space; a dash for None."""
        return "–" if value is None else f"{value:,}".replace(",", _NARROW_SPACE)

    def size(self, size: int) -> str:
        """A size given in bytes, in the largest binary unit of which there is at least one."""
        amount, unit = float(size), 0
        while amount >= 1024 and unit < len(_BINARY_UNITS) - 1:
            amount, unit = amount / 1024, unit + 1
        return f"{self.number(amount)} {_BINARY_UNITS[unit]}"

    def moment(self, at: str) -> str:
        """An ISO 8601 moment as `2026-11-28 20:41 UTC`, which reads alike in every language; other text as it is."""
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            return at
        return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if moment.tzinfo else at
