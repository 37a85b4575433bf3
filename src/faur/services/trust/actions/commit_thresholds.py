"""What a model must reach is fixed, before anything is trained: the record shows the order (AI Act, Article 9(8))."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Strength, Subject
from faur.services.data.public import digest_of_json
from faur.services.projects.public import Project, may_work_in
from faur.services.trust.errors import ThresholdsInvalid
from faur.services.trust.models import ThresholdSet

Json = dict[str, Any]  # Any: JSON
OPERATORS = (">=", "<=")
MOST = 200


@dataclass(frozen=True, slots=True)
class Promise:
    """What is committed: bounds on figures, and the groups of rows for which figures are given."""

    title: str
    items: Sequence[Json]
    slices: Sequence[Json] = ()


@action("trust.commit_thresholds", may=may_work_in)
def commit_thresholds(actor: Actor, project: Project, *, promise: Promise) -> Statement[ThresholdSet]:
    """Commit a set of thresholds; it can be followed by another, but never changed.

    Raises:
        ThresholdsInvalid: its fields say of each bound what is wrong.
    """
    if faults := {**_item_faults(promise.items), **_slice_faults(promise.slices)}:
        raise ThresholdsInvalid(faults)
    kept = ThresholdSet(project=project, title=promise.title.strip() or _("Thresholds"))
    kept.items = [_kept_item(number, item) for number, item in enumerate(promise.items, start=1)]
    kept.slices = [dict(one) for one in promise.slices]
    kept.digest = digest_of_json({"items": kept.items, "slices": kept.slices})
    kept.save()
    return Statement(
        chain=project.uid,
        subjects=[Subject(kept.uid, digest=kept.digest, title=kept.title)],
        claims={
            "thresholds": kept.uid,
            "digest": kept.digest,
            "title": kept.title,
            "items": kept.items,
            "slices": kept.slices,
        },
        strength=Strength.DECLARED,
        result=kept,
    )


def _kept_item(number: int, item: Json) -> Json:
    slice_name = {"slice": item["slice"]} if item.get("slice") else {}
    return {
        "id": str(item.get("id") or number),
        "metric": item["metric"],
        "operator": item["operator"],
        "value": item["value"],
        **slice_name,
    }


def _item_faults(items: Sequence[Json]) -> dict[str, str]:
    faults = {}
    if not 0 < len(items) <= MOST:
        faults["items"] = _("A set has 1 to %(most)s bounds.") % {"most": MOST}
    for number, item in enumerate(items):
        if not isinstance(item.get("metric"), str) or not item["metric"]:
            faults[f"items.{number}.metric"] = _("Name the figure.")
        if item.get("operator") not in OPERATORS:
            faults[f"items.{number}.operator"] = _("This must be >= or <=.")
        value = item.get("value")
        if not isinstance(value, int | float) or isinstance(value, bool) or not isfinite(value):
            faults[f"items.{number}.value"] = _("This must be a number.")
        if not isinstance(item.get("slice", ""), str):
            faults[f"items.{number}.slice"] = _("Name the group, as the slice calls it.")
    names = [str(item.get("id") or number) for number, item in enumerate(items, start=1)]
    if len(set(names)) < len(names):
        faults["items"] = _("Two bounds have the same identifier.")
    return faults


def _slice_faults(slices: Sequence[Json]) -> dict[str, str]:
    faults = {}
    for number, one in enumerate(slices):
        for name in ("name", "column"):
            if not isinstance(one.get(name), str) or not one[name]:
                faults[f"slices.{number}.{name}"] = _("This is needed.")
        for name in set(one) - {"name", "column", "bins", "categories"}:
            faults[f"slices.{number}.{name}"] = _("There is no such part of a slice.")
    return faults
