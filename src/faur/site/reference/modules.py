"""Loading all of the program, so that whatever registers itself has done so."""

from functools import cache
from importlib import import_module
from pkgutil import walk_packages

import faur

APART = ("tests", "migrations", "recipes", "programs", "__main__", "testing", "asgi")
"""Rooms that are no part of the running program: they run in jobs, in tests, or serve the site."""


@cache
def load_everything() -> tuple[str, ...]:
    """Import every module of Faur; returns their names."""
    return tuple(sorted(_load(faur.__name__, list(faur.__path__))))


def _load(package: str, path: list[str]) -> list[str]:
    names = []
    for found in walk_packages(path, f"{package}.", onerror=lambda _name: None):
        if not set(found.name.split(".")) & set(APART):
            import_module(found.name)
            names.append(found.name)
    return names
