"""Every text for people is there in Romanian and in Bulgarian, whole; looked for without GNU gettext, otherwise."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

from faur.portal.codes import code_sentence
from faur.site.messages import LOCALE, PACKAGE, PLURALS, UNSEEN

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **{f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")},
    "gettext_noop": None,
}
PLACE = re.compile(r"%\(\w+\)[-0-9.]*[a-z]|%%|</?[a-z][^>]*>")
"""What a translation must hold as it stands: named places, and the tags of a link."""
CEDILLA = re.compile("[şţŞŢ]")
PROSE = ("title", "summary", "description", "questions")
"""What a table of a recipe or of an access mode says to people."""

Key = tuple[str, str]
"""Context and text; of a text with plural forms, the singular."""


def _texts_of(path: Path) -> Iterator[Key]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":  # as calls of gettext, in brackets, so that indentation means nothing
        text = f"(\n{templatize(text, origin=str(path))}\n)"
    for _line, said, _comments, context in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
        yield context or "", said if isinstance(said, str) else said[0]


@cache
def _said() -> frozenset[Key]:
    """Every text of the sources."""
    seen = [path for kind in ("*.py", "*.html") for path in PACKAGE.rglob(kind)]
    own = [path for path in seen if not set(UNSEEN) & set(path.relative_to(PACKAGE).parts)]
    return frozenset(key for path in own for key in _texts_of(path))


@cache
def _catalogue(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as lines:
        return read_po(lines, locale=language, abort_invalid=True)


def _messages(language: str) -> list[Message]:
    return [message for message in _catalogue(language) if message.id]


def _forms(said: str | tuple[str, ...] | list[str]) -> list[str]:
    return [said] if isinstance(said, str) else list(said)


def _key(message: Message) -> Key:
    return message.context or "", _forms(message.id)[0]


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def test_each_language_but_english_has_a_catalogue() -> None:
    assert {code for code, _name in settings.LANGUAGES} - {"en"} == set(PLURALS)
    assert {path.name for path in LOCALE.iterdir()} == set(PLURALS)


def test_texts_are_marked_by_names_that_are_looked_for() -> None:
    other = re.compile(r"\bn?p?gettext(?:_lazy)? as (?!_\b)")
    assert not [str(path) for path in PACKAGE.rglob("*.py") if other.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("language", PLURALS)
def test_a_catalogue_holds_the_texts_of_the_sources_and_no_others(language: str) -> None:
    held = {_key(message) for message in _messages(language)}
    assert not _said() - held, "run `make messages`: some texts are not in the catalogue"
    assert not held - _said(), "run `make messages`: some texts are no longer used"


@pytest.mark.parametrize("language", PLURALS)
def test_every_text_is_translated(language: str) -> None:
    catalogue = _catalogue(language)
    assert not catalogue.fuzzy
    assert catalogue.num_plurals == int(re.findall(r"nplurals=(\d)", PLURALS[language])[0])
    bare = [_key(one) for one in _messages(language) if one.fuzzy or not all(_forms(one.string)) or not one.string]
    plural = [one for one in _messages(language) if one.pluralizable]
    short = [_key(one) for one in plural if len(_forms(one.string)) != catalogue.num_plurals]
    assert not bare, f"untranslated or fuzzy: {bare}"
    assert not short, f"plural forms are missing: {short}"


@pytest.mark.parametrize("language", PLURALS)
def test_a_translation_keeps_places_tags_and_edges(language: str) -> None:
    broken = [
        f"{said!r} -> {form!r}"
        for message in _messages(language)
        for said in [_forms(message.id)[-1]]
        for form in filter(None, _forms(message.string))
        if sorted(PLACE.findall(said)) != sorted(PLACE.findall(form)) or _edges(said) != _edges(form)
    ]
    assert not broken, "\n".join(broken)


def test_romanian_is_written_with_commas_below() -> None:
    texts = [form for message in _messages("ro") for form in _forms(message.string)]
    assert not [text for text in texts if CEDILLA.search(text)]


SHELVES = [
    *sorted((PACKAGE / "services" / "library" / "recipes").glob("*/recipe.toml")),
    *(path for path in sorted((PACKAGE / "services" / "access" / "modes").glob("*.yaml")) if path.stem != "countries"),
]


@pytest.mark.parametrize("path", SHELVES, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_recipe_and_an_access_mode_speak_every_language(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    whole = tomllib.loads(text) if path.suffix == ".toml" else yaml.safe_load(text)
    assert not list(_silent(whole, path.stem))


def _silent(value: object, place: str) -> Iterator[str]:
    """The places of a document that say something in English alone."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _silent(one, f"{place}.{number}")
    if not isinstance(value, dict) or set(PLURALS) <= set(value):
        return
    told = value.get("translations") or value.get("x-translations") or {}
    for language in PLURALS:
        for name in PROSE:
            own, other = value.get(name), told.get(language, {}).get(name)
            if isinstance(own, str | list) and _size(own) != _size(other) and "const" not in value:
                yield f"{place}.{name}: {language}"
        options = [str(one["const"]) for one in value.get("oneOf", [])]
        yield from (f"{place}.{one}: {language}" for one in options if one not in told[language].get("options", {}))
    for name, one in value.items():
        yield from _silent(one, f"{place}.{name}")


def _size(said: object) -> int:
    """How many texts there are: of a list as many as it has, of a text one."""
    return len(said) if isinstance(said, list) else int(bool(said))


CODE = re.compile(r"""(?:Refused\(|Fault\(|code\s*=|"code":)\s*\(?"([a-z]+\.[a-z_]+)\"""")
PROGRAMS = ("adapters/inspectors", "services/library/recipes", "services/trust/programs")


def test_every_code_of_a_program_or_an_inspector_has_a_sentence() -> None:
    sources = [path for folder in PROGRAMS for path in (PACKAGE / folder).rglob("*.py") if "tests" not in path.parts]
    codes = {code for path in sources for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert len(codes) > 20
    assert not sorted(code for code in codes if not code_sentence(code))
