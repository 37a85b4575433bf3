"""Sentences that come with data, in the three languages of the factory."""

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("en", "ro", "bg")


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
