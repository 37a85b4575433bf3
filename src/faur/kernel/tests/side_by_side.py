"""Deeds done at the same moment, each in a thread with a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

Result = TypeVar("Result")


def at_once(deeds: Sequence[Callable[[], Result]]) -> list[Result]:
    """Start all together; the results in their order. An error of one is raised when all have ended."""
    together = threading.Barrier(len(deeds))

    def do(deed: Callable[[], Result]) -> Result:
        try:
            together.wait()
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))
