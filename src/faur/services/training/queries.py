"""Reads of runs and their metrics: each a fixed number of SQL queries, whatever the rows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import ManifestFile
from faur.services.compute.public import ACTIVE
from faur.services.training.models import Metric, Run, RunQuerySet
from faur.services.training.rules import SPECIAL, coarseness

MOST_COMPARED = 8


@dataclass(frozen=True, slots=True)
class Curve:
    """The points of one metric of one run that are shown, as (step, value); a value may be NaN or infinite."""

    key: str
    points: tuple[tuple[float, float], ...]


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


def compared(actor: Actor, uids: Sequence[str]) -> list[Run]:
    """These runs in the order asked for, eight at most; those that the actor may not see are not among them."""
    found = {run.uid: run for run in runs(actor).filter(uid__in=list(uids)[:MOST_COMPARED])}
    return [found[uid] for uid in dict.fromkeys(uids) if uid in found]


def _with_last(points: list[tuple[float, float]], run: Run, key: str) -> tuple[tuple[float, float], ...]:
    tally = run.read_tallies()[key]
    if not points or points[-1][0] != tally.step:
        points.append((float(tally.step), tally.last))
    return tuple(points)
