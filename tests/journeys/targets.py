"""Which thing of the world stands at each place of an address."""

import re

from tests.journeys.bodies import Sent
from tests.journeys.people import World

PLACE = re.compile(r"\{(\w+)\}|<(?:\w+:)?(\w+)>")
BEFORE = {
    "dataset-versions": "dataset_version",
    "model-versions": "model_version",
    "technical-files": "technical_file",
    "datasets": "dataset",
    "version": "recipe_version",
}
"""The word before a place, where it tells more than the place's own name."""
SAID = {
    "name": "tabular-classification",
    "recipe": "tabular-classification",
    "kind": "json",
    "role": "evaluator",
    "seq": "1",
}


def at(route: str, world: World, sent: Sent) -> str:
    """The address of a route, with the things of the world that `sent` names, or else those of the walk."""

    def thing(place: re.Match[str]) -> str:
        word = place.group(1) or place.group(2)
        before = route[: place.start()].strip("/").removeprefix("api/v1/")
        known = (
            sent.at.get(word) or BEFORE.get(before.rpartition("/")[2]) or (_singular(before) if word == "uid" else word)
        )
        return world.made.get(known) or SAID.get(word) or known

    parts = {"part": f"{world.made['dataset_version']}/train"}
    query = "&".join(
        f"{word}={world.made.get(known) or parts.get(known) or SAID[known]}" for word, known in sent.query.items()
    )
    return PLACE.sub(thing, route) + (f"?{query}" if query else "")


def _singular(path: str) -> str:
    last = path.rpartition("/")[2]
    return {"people": "person", "thresholds": "thresholds"}.get(last, last.removesuffix("s"))
