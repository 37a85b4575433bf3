"""Lets the pollers of this process look at once where there is something new, instead of at their next round."""

from collections.abc import Callable

from django.db import transaction

_sleepers: list[Callable[[], object]] = []


def when_woken(wake: Callable[[], object]) -> Callable[[], None]:
    """Call `wake` at every change; returns what ends that."""
    _sleepers.append(wake)
    return lambda: _sleepers.remove(wake)


def wake_pollers() -> None:
    """Wake them as soon as the open transaction is committed."""
    transaction.on_commit(_wake)


def _wake() -> None:
    for wake in list(_sleepers):
        wake()
