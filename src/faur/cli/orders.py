"""From what people write in a file (hours, days, PSI/J's words) to what the API takes (seconds, dates, its own)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from faur.cli.client import Json
from faur.cli.input import seconds_of, size_of
from faur.cli.refusal import Refused

HOUR = 3600
MOST_DAYS = 36_525
CLOCK_SKEW = timedelta(minutes=1)
"""What opens now has opened by the factory's clock too."""

ORGANISATION = (
    *("name", "kind", "country", "legal_form", "vat", "registration_number", "head_office_in_europe", "accounts_on"),
    *("staff", "turnover_eur", "balance_sheet_eur", "public_control", "stakes"),
)
POOL = ("title", "cluster", "unit", "capacity", "capacity_hours", "starts_on", "ends_on", "days")
CALL = ("title", "mode", "summary", "terms", "pool", "opens_at", "closes_at", "days", "max_amount", "max_hours")
WISH = ("title", "amount", "hours", "months", "answers")
APPLICATION = (*WISH, "call", "organisation")
DESCRIPTION = ("title", "description", "licence", "sheet", "policy")
DATASET = (*DESCRIPTION, "name", "project")
THRESHOLDS = ("title", "items", "slices", "project")
JOB = (
    *("project", "allocation", "title", "name", "executable", "arguments", "environment", "resources"),
    *("duration", "network", "attributes"),
)
RESOURCES = {
    **{name: name for name in ("cores", "gpus", "memory", "disk", "max_processes")},
    "cpu_cores_per_process": "cores",
    "gpu_cores_per_process": "gpus",
}
"""The API's words for what a job asks for, and PSI/J's (Job Specification, ResourceSpecV1) for the same."""
ALWAYS_ONE = ("node_count", "process_count", "processes_per_node")


def wish(document: Json) -> Json:
    """An application's own part; `hours` may stand for `amount`. Raises Refused."""
    return _in_seconds(document, "hours", "amount")


def pool(document: Json, begun: datetime) -> Json:
    """A pool from `begun` on; `capacity_hours` and `days` may stand for `capacity` and its dates. Raises Refused."""
    told = _in_seconds(document, "capacity_hours", "capacity")
    if "days" not in told:
        return told
    ends = begun + _days(told.pop("days"))
    return {"starts_on": begun.date().isoformat(), "ends_on": ends.date().isoformat(), **told}


def call(document: Json, begun: datetime) -> Json:
    """A call from `begun` on; `max_hours` and `days` may stand for `max_amount` and its times. Raises Refused."""
    told = _in_seconds(document, "max_hours", "max_amount")
    if "days" not in told:
        return told
    closes = begun + _days(told.pop("days"))
    return {"opens_at": (begun - CLOCK_SKEW).isoformat(), "closes_at": closes.isoformat(), **told}


def job(document: Json) -> Json:
    """A job in the API's words; `name` and `attributes` are PSI/J's. Raises Refused."""
    told = dict(document)
    attributes = told.pop("attributes", {})
    if not isinstance(attributes, dict) or attributes.keys() - {"duration"}:
        raise Refused.because("file.unknown_field", "Of PSI/J's attributes a job takes `duration` alone.")
    told = {**attributes, **told}
    if "name" in told:
        told["title"] = told.pop("name")
    if "duration" in told:
        told["duration"] = seconds_of(told["duration"])
    if "resources" in told:
        told["resources"] = _resources(told["resources"])
    return told


def _resources(asked: object) -> Json:
    if not isinstance(asked, Mapping):
        raise Refused.because("file.no_mapping", "`resources` must be a mapping.", "As `{cores: 2, memory: 4GiB}`.")
    one = {name: asked[name] for name in ALWAYS_ONE if name in asked}
    if any(count != 1 for count in one.values()):
        raise Refused.because("file.one_process", f"A job is one process on one node: {', '.join(one)} must be 1.")
    if odd := sorted(str(name) for name in asked if name not in RESOURCES and name not in one):
        raise Refused.because("file.unknown_field", f"No resource is called {', '.join(odd)}.", ", ".join(RESOURCES))
    told = {RESOURCES[name]: value for name, value in asked.items() if name not in one}
    return {name: size_of(value) if isinstance(value, str) else value for name, value in told.items()}


def _in_seconds(document: Json, hours: str, amount: str) -> Json:
    if hours not in document:
        return dict(document)
    if amount in document:
        raise Refused.because("file.said_twice", f"`{hours}` and `{amount}` say the same: give one of them.")
    told = {name: value for name, value in document.items() if name != hours}
    return {**told, amount: round(_number(document[hours], hours) * HOUR)}


def _days(value: Any) -> timedelta:  # Any: what a file holds
    days = _number(value, "days")
    if not 0 < days <= MOST_DAYS:
        raise Refused.because("file.no_number", f"`days` must lie between 1 and {MOST_DAYS}.")
    return timedelta(days=days)


def _number(value: Any, name: str) -> float:  # Any: as above
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:
        raise Refused.because("file.no_number", f"`{name}` must be a number.")
    return value
