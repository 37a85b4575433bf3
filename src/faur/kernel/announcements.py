"""How an earlier service tells a later one what happened, without knowing it."""

from collections.abc import Callable
from typing import Generic, TypeVar

Event = TypeVar("Event")


class Announcement(Generic[Event]):
    """A named happening. Listeners run at once, in the announcer's transaction: all of it happens, or none."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._listeners: list[Callable[[Event], None]] = []

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[Event], None]:
        """Call `listener` at every announcement; subscribing twice changes nothing."""
        if listener not in self._listeners:
            self._listeners.append(listener)
        return listener

    def announce(self, event: Event) -> None:
        for listener in self._listeners:
            listener(event)
