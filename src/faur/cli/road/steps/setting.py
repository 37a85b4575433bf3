"""The operator's part: a cluster, a pool on it, a call that draws on the pool."""

from datetime import UTC, datetime

from faur.cli import orders
from faur.cli.client import Json
from faur.cli.road.people import make_person, operator
from faur.cli.road.road import Road, told


def open_the_factory(road: Road) -> None:
    road.people["operator"] = operator(road.url, road.journal)
    for role in ("evaluator", "engineer", "steward"):
        road.people[role] = make_person(road.url, road.journal, role)
    road.post("operator", "/roles", {"email": road.people["evaluator"].email, "role": "evaluator"})
    cluster = _cluster(road)
    road.facts["unit"] = "gpu-seconds" if cluster["gpus"] else "core-seconds"
    road.made["cluster"] = cluster["id"]
    _open_pool(road)
    _open_call(road)


def _cluster(road: Road) -> Json:
    """This machine: registered at the first walk, found at later ones."""
    api = road.api("operator")
    for cluster in api.all("/clusters"):
        if cluster["kind"] == "local":
            return cluster
    return road.make("operator", "cluster", "/clusters", {"name": "local", "title": "This machine", "kind": "local"})


def _open_pool(road: Road) -> None:
    order = orders.pool(told("pool"), _begun(road))
    road.make("operator", "pool", "/pools", {**order, "cluster": road.made["cluster"], "unit": road.facts["unit"]})


def _open_call(road: Road) -> None:
    order = orders.call(told("call"), _begun(road))
    road.make("operator", "call", "/calls", {**order, "pool": road.made["pool"]})


def _begun(road: Road) -> datetime:
    """The beginning of the walk, so that a repeated request says the same."""
    return datetime.fromisoformat(road.once("begun", lambda: datetime.now(UTC).isoformat(timespec="seconds")))
