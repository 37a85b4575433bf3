"""Waiting for a state that the factory is working towards."""

import time
from collections.abc import Callable, Collection

from faur.cli.client import Api, Json, Refused

LONGEST_PAUSE = 1.0


def wait_for(
    api: Api,
    path: str,
    *,
    until: Collection[str],
    at_most: float,
    seen: Callable[[Json], None] = lambda _: None,
) -> Json:
    """Ask until the thing at `path` is in one of the states `until`; `at_most` seconds.

    Raises:
        Refused: it is still in another state by then.
    """
    started, pause = time.monotonic(), 0.1
    while True:
        thing = api.get(path)
        seen(thing)
        if thing["state"] in until:
            return thing
        if time.monotonic() - started > at_most:
            raise Refused({"title": f"{path} is still {thing['state']} after {at_most:.0f} s.", "code": "waited"})
        time.sleep(pause)
        pause = min(pause * 1.3, LONGEST_PAUSE)
