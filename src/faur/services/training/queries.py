"""Reads of runs and their metrics: each a fixed number of SQL queries, whatever the rows."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import ManifestFile
from faur.services.compute.public import ACTIVE
from faur.services.data.public import DatasetVersion
from faur.services.library.public import RecipeVersion
from faur.services.projects.public import Allocation, Project, may_work_in
from faur.services.training.models import Metric, Run, RunQuerySet
from faur.services.training.rules import SPECIAL, coarseness

MOST_COMPARED = 8


@dataclass(frozen=True, slots=True)
class Curve:
    """The points of one metric of one run that are shown, as (step, value); a value may be NaN or infinite."""

    key: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Described:
    """The last value of a metric, and what the recipe says of it; the key where it says nothing."""

    key: str
    value: float | str
    title: str
    unit: str
    direction: str
    primary: bool

    @classmethod
    def of(cls, key: str, value: float | str, said: Mapping[str, Any]) -> "Described":  # Any: JSON
        unit, direction = said.get("unit", ""), said.get("direction", "")
        return cls(
            key, value, said.get("title", key), "" if unit == "1" else unit, direction, said.get("primary", False)
        )


@dataclass(frozen=True, slots=True)
class Given:
    """What an input was given: a part of a data set version."""

    name: str
    version: str
    title: str
    split: str


def runs(actor: Actor, *, project: str = "", state: str = "", search: str = "") -> RunQuerySet:
    """The runs that the actor may see, newest first; one query when its rows are asked for."""
    rows = Run.objects.visible_to(actor).with_job()
    if project:
        rows = rows.filter(project__uid=project)
    if state:
        rows = rows.filter(state__in=ACTIVE) if state == "active" else rows.filter(state=state)
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(uid=search) | Q(recipe_name=search))
    return rows.order_by("-pk")


def run_for(actor: Actor, uid: str) -> Run:
    """Raises NotFound: not there, or not for this actor."""
    return runs(actor).get_by_uid(uid)


def outputs_of(run: Run) -> tuple[ManifestFile, ...]:
    """The files that an ended run left, sorted by path; each path begins with `out/` or `report/`."""
    return run.job.outputs


def points_of(run: Run, key: str) -> list[Metric]:
    """About 500 points of a metric, evenly thinned, in the order in which they came; one query."""
    coarsest = coarseness(run.tallies.get(key, {"points": 0})["points"])
    return list(Metric.objects.filter(run=run, key=key, level__gte=coarsest).order_by("offset"))


def curves(run: Run, keys: Sequence[str]) -> dict[str, Curve]:
    """The curve of each of these metrics, thinned, with its last point; one query for all."""
    chosen = [key for key in keys if key in run.tallies]
    wanted = Q()
    for key in chosen:
        wanted |= Q(key=key, level__gte=coarseness(run.tallies[key]["points"]))
    found: dict[str, list[tuple[float, float]]] = {key: [] for key in chosen}
    if chosen:
        rows = Metric.objects.filter(wanted, run=run).order_by("offset")
        for key, step, value, special in rows.values_list("key", "step", "value", "special"):
            found[key].append((float(step), SPECIAL[special] if special else value if value is not None else math.nan))
    return {key: Curve(key, _with_last(points, run, key)) for key, points in found.items()}


def described_metrics(run: Run) -> list[Described]:
    """The metrics of a run with what its recipe says of them: the primary one, then in its order; one query."""
    recipe = RecipeVersion.objects.filter(manifest=run.recipe_manifest).only("document").first()
    known = {one["key"]: one for one in (recipe.told if recipe else {}).get("metrics", [])}
    order = {key: place for place, key in enumerate(known)}
    found = [Described.of(key, value, known.get(key, {})) for key, value in run.metrics.items()]
    return sorted(found, key=lambda one: (not one.primary, order.get(one.key, len(order))))


def given_inputs(run: Run) -> list[Given]:
    """What each input of a run was given, with the title of the version; one query."""
    uids = [given["version"] for given in run.inputs.values()]
    versions = {one.uid: one for one in DatasetVersion.objects.filter(uid__in=uids).select_related("dataset")}
    return [
        Given(name, given["version"], versions[given["version"]].title, given["split"])
        for name, given in run.inputs.items()
    ]


def compared(actor: Actor, uids: Sequence[str]) -> list[Run]:
    """These runs in the order asked for, eight at most; those that the actor may not see are not among them."""
    found = {run.uid: run for run in runs(actor).filter(uid__in=list(uids)[:MOST_COMPARED])}
    return [found[uid] for uid in dict.fromkeys(uids) if uid in found]


def _with_last(points: list[tuple[float, float]], run: Run, key: str) -> tuple[tuple[float, float], ...]:
    tally = run.read_tallies()[key]
    if not points or points[-1][0] != tally.step:
        points.append((float(tally.step), tally.last))
    return tuple(points)


def workable_projects(actor: Actor) -> list[Project]:
    """The active projects in which the actor may start a run; one query."""
    rows = Project.objects.visible_to(actor).filter(uid__in=actor.projects, state="active").order_by("-pk")
    return [project for project in rows if may_work_in(actor, project)]


def usable_allocations(actor: Actor, project: Project) -> list[Allocation]:
    """The allocations of a project, with what is free on them; one query."""
    rows = Allocation.objects.visible_to(actor).filter(project=project)
    return list(rows.select_related("pool", "account", "project").order_by("-pk"))
