"""What must hold of a home after the fire, compared with a road that nobody shot at."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from faur.cli.commands.verify import VERIFIER
from tests.journeys.factory import environment
from tests.kills.fire import Fire
from tests.kills.leftovers import leftovers

SAME = ("metrics", "verdict", "tiers", "eligibility", "prediction", "coverage")
ONCE_A_FACTORY = {
    "compute.register_cluster": 1,
    "library.add_recipe": 2,
    "projects.appoint": 1,
    "projects.register_person": 1,
    "Account": 1,
}
"""How many entries and rows the first start and the first road alone write."""

Json = dict[str, Any]  # Any: JSON


def faults(fire: Fire, quiet: Fire) -> list[str]:
    """Every way in which the fire left a trace; nothing where all is well. `quiet` was walked unharmed, once."""
    said = list(leftovers(fire))
    found, expected = audit(fire), audit(quiet)
    said += found["faults"]
    said += _results(fire, quiet.roads[0])
    said += _numbers(found, expected, len(fire.roads))
    return said


def audit(fire: Fire) -> Json:
    """What the tables, the ledger and the record say of a home that nobody uses now."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.kills.audit"],
        env=environment(fire.home, 0),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    document: Json = json.loads(ended.stdout)
    return document


def _results(fire: Fire, quiet: Json) -> Iterator[str]:
    """Each road ended as the quiet one did, and its evidence can be taken along."""
    for number, road in enumerate(fire.roads, start=1):
        yield from (f"road {number}: {name} differs" for name in SAME if road[name] != quiet[name])
        if road["ledger"]["held"]:
            yield f"road {number}: {road['ledger']['held']} still held"
        bundle = fire.folder / f"evidence-{number}.zip"
        ended = subprocess.run([sys.executable, VERIFIER, bundle], capture_output=True, text=True, check=False)
        if ended.returncode:
            yield f"road {number}: {ended.stdout}{ended.stderr}"


def _numbers(found: Json, expected: Json, roads: int) -> Iterator[str]:
    """Nothing is there twice, nothing is missing: rows, entries of the record, postings, all as `roads` quiet roads."""
    for kind in ("rows", "booked"):
        yield from _differences("rows of", found[kind], _of_roads(expected[kind], roads))
    (project,) = (chain for chain in expected["verbs"] if chain != "factory")
    for chain, verbs in found["verbs"].items():
        once = chain != "factory"
        usual = expected["verbs"][project] if once else _of_roads(expected["verbs"]["factory"], roads)
        yield from _differences(f"{chain}:", verbs, usual)


def _of_roads(counts: dict[str, int], roads: int) -> dict[str, int]:
    """How many of each thing so many roads make in one factory, from what the first one made."""
    once = {name: ONCE_A_FACTORY.get(name, 0) for name in counts}
    return {name: once[name] + (count - once[name]) * roads for name, count in counts.items()}


def _differences(what: str, found: dict[str, int], expected: dict[str, int]) -> Iterator[str]:
    for name in sorted(found.keys() | expected.keys()):
        if found.get(name, 0) != expected.get(name, 0):
            yield f"{what} {name}: {found.get(name, 0)}, and not {expected.get(name, 0)}"
