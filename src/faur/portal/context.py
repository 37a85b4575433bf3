"""What every template knows: the seven words of navigation, who is there, the languages and the theme."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from faur.kernel.actors.actor import ANONYMOUS

THEME_COOKIE = "theme"
THEMES: dict[str, Promise] = {"system": _("As my system"), "light": _("Light"), "dark": _("Dark")}

_ROAD: tuple[tuple[str, Promise], ...] = (
    ("calls", _("Calls")),
    ("projects", _("Projects")),
    ("datasets", _("Data")),
    ("recipes", _("Library")),
    ("jobs", _("Jobs")),
    ("models", _("Models")),
    ("endpoints", _("Endpoints")),
)


@dataclass(frozen=True, slots=True)
class NavItem:
    """A word of the navigation; `active` where the page lies under its address."""

    word: Promise
    url: str
    active: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A language or a theme that the reader may choose."""

    code: str
    name: str | Promise
    chosen: bool


def portal(request: HttpRequest) -> dict[str, object]:
    return {
        "nav": nav(request.path),
        "actor": getattr(request, "actor", ANONYMOUS),
        "languages": languages(getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)),
        "themes": [Choice(code, name, code == theme_of(request)) for code, name in THEMES.items()],
        "theme": theme_of(request),
        "account_url": address("account"),
    }


def nav(path: str) -> Sequence[NavItem]:
    """The words whose pages exist, in the order of the road."""
    items = [(word, address(name)) for name, word in _ROAD]
    return [NavItem(word, url, path.startswith(url)) for word, url in items if url]


def languages(current: str) -> Sequence[Choice]:
    """Each language under its own name."""
    return [
        Choice(code, get_language_info(code)["name_local"].capitalize(), code == current)
        for code, _name in settings.LANGUAGES
    ]


def theme_of(request: HttpRequest) -> str:
    """The reader's choice from the cookie; `system` where there is none or it is unknown."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in THEMES else "system"


@cache
def address(name: str) -> str:
    """The address of a page by name; empty where this site has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
