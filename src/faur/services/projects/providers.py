"""How later services tell something on pages that belong to this one: each at its place, in their order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Provider = TypeVar("Provider")


@dataclass(slots=True)
class Providers(Generic[Provider]):
    """Functions that were registered at start, in the order of their places."""

    _known: list[tuple[int, Provider]] = field(default_factory=list)

    def register(self, order: int, provider: Provider) -> None:
        """Ask `provider` at this place; registering twice changes nothing."""
        if (order, provider) not in self._known:
            self._known.append((order, provider))
            self._known.sort(key=lambda known: known[0])

    def __iter__(self) -> Iterator[Provider]:
        return (provider for _order, provider in self._known)
