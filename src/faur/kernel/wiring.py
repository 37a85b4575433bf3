"""Ports and what fulfils them, joined once at start by the site."""

from typing import Any, TypeVar, cast

Port = TypeVar("Port")

_fulfilled: dict[tuple[type[Any], str], Any] = {}  # Any: a registry of every port's own type


def wire(port: type[Port], implementation: Port, name: str = "") -> None:
    """Let `implementation` fulfil `port`; `name` tells several of one kind apart."""
    _fulfilled[port, name] = implementation


def wired(port: type[Port], name: str = "") -> Port:
    """What fulfils `port`.

    Raises:
        LookupError: nothing was wired; a mistake of the site, not of a user.
    """
    try:
        return cast(Port, _fulfilled[port, name])
    except KeyError:
        raise LookupError(f"nothing is wired to {port.__qualname__} {name!r}") from None
