"""The operator's part: a cluster, a pool on it, a call that draws on the pool."""

from datetime import UTC, datetime, timedelta

from faur.cli.client import Json
from faur.cli.road.people import make_person, operator
from faur.cli.road.road import HOUR, Road, told


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
    story = told("pool")
    starts, ends = _period(road, story["days"])
    body = {
        "title": story["title"],
        "cluster": road.made["cluster"],
        "unit": road.facts["unit"],
        "capacity": story["capacity_hours"] * HOUR,
        "starts_on": starts[:10],
        "ends_on": ends[:10],
    }
    road.make("operator", "pool", "/pools", body)


def _open_call(road: Road) -> None:
    story = told("call")
    opens, closes = _period(road, story["days"])
    body = {
        **{name: story[name] for name in ("title", "mode", "summary", "terms")},
        "pool": road.made["pool"],
        "opens_at": opens,
        "closes_at": closes,
        "max_amount": story["max_hours"] * HOUR,
    }
    road.make("operator", "call", "/calls", body)


def _period(road: Road, days: int) -> tuple[str, str]:
    """From the beginning of the walk, so that a repeated request says the same."""
    begun = datetime.fromisoformat(road.once("begun", lambda: datetime.now(UTC).isoformat(timespec="seconds")))
    return (begun - timedelta(minutes=1)).isoformat(), (begun + timedelta(days=days)).isoformat()
