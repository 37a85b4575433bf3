"""What can be promised of a model: bounds on figures, and the groups for which figures are given.

All is checked when it is committed, since it can never be changed: a bound that no evaluator understands would only
come to light when the model is there. The names of groups are those of the evaluator (tabular_evaluation.groups).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from faur.services.trust.figures import EVERY, NOISE, NOISE_LEVELS, NOISY, SPREAD, is_bounded

Json = dict[str, Any]  # Any: JSON
OPERATORS = (">=", "<=")
MOST_ITEMS, MOST_SLICES, MOST_BINS, MOST_CATEGORIES = 200, 20, 19, 20
LONGEST = 200
LARGEST = 1e300


@dataclass(frozen=True, slots=True)
class Promise:
    """What is committed: bounds on figures, and the groups of rows for which figures are given."""

    title: str
    items: Sequence[Json]
    slices: Sequence[Json] = ()

    def faults(self) -> dict[str, str]:
        """What is wrong, by the path of the field; nothing where it can be kept."""
        faults = _slice_faults(self.slices)
        groups = {} if faults else {str(one["name"]): one for one in self.slices}
        faults |= _item_faults(self.items, groups)
        if len(self.title) > LONGEST:
            faults["title"] = _("This is longer than it may be.")
        return faults

    def kept_items(self) -> list[Json]:
        """The bounds as they are committed, each with an identifier, in the order given."""
        return [_kept(number, item) for number, item in enumerate(self.items, start=1)]


def _kept(number: int, item: Json) -> Json:
    named = {"slice": item["slice"]} if item.get("slice") else {}
    bound = {name: item[name] for name in ("metric", "operator", "value")}
    return {"id": str(item.get("id") or number), **bound, **named}


def _item_faults(items: Sequence[Json], groups: Mapping[str, Json]) -> dict[str, str]:
    faults = {}
    if not 0 < len(items) <= MOST_ITEMS:
        faults["items"] = _("A set has 1 to %(most)s bounds.") % {"most": MOST_ITEMS}
    for number, item in enumerate(items):
        faults |= {f"items.{number}.{name}": wrong for name, wrong in _faults_of(item, groups)}
    names = [str(item.get("id") or number) for number, item in enumerate(items, start=1)]
    if len(set(names)) < len(names):
        faults["items"] = _("Two bounds have the same identifier.")
    return faults


def _faults_of(item: Json, groups: Mapping[str, Json]) -> list[tuple[str, str]]:
    found = [(name, _("There is no such part of a bound.")) for name in sorted(set(item) - _PARTS)]
    if not isinstance(item.get("id", ""), str | int) or len(str(item.get("id", ""))) > LONGEST:
        found.append(("id", _("An identifier is a short text.")))
    metric, value = str(item.get("metric")), item.get("value")
    if metric not in EVERY:
        found.append(("metric", _("There is no figure of this name.")))
    if item.get("operator") not in OPERATORS:
        found.append(("operator", _("This must be >= or <=.")))
    if not _is_number(value):
        found.append(("value", _("This must be a number.")))
    elif is_bounded(metric) and not 0 <= float(str(value)) <= 1:
        found.append(("value", _("This figure lies between 0 and 1.")))
    if wrong := _slice_of_item(item, groups):
        found.append(("slice", wrong))
    return found


_PARTS = frozenset({"id", "metric", "operator", "value", "slice"})


def _slice_of_item(item: Json, groups: Mapping[str, Json]) -> str:
    """What is wrong with the group that a bound names; empty where it names one that there will be, or none."""
    name, metric = item.get("slice", ""), str(item.get("metric"))
    if not isinstance(name, str):
        return _("Name the group, as the slice calls it.")
    if metric in NOISY:
        levels = [f"{NOISE}={level:g}" for level in NOISE_LEVELS]
        return "" if name in levels else _("This figure has one of: %(groups)s.") % {"groups": ", ".join(levels)}
    column, is_group, label = name.partition("=")
    if metric in SPREAD:
        known = name in groups
    else:
        known = not name or (bool(is_group) and column in groups and _has_group(groups[column], label))
    return "" if known else _("None of the slices makes this group.")


def groups_of(part: Json) -> list[str]:
    """The names of the groups that a slice makes, and its own, which stands for the spread between them.

    A slice without cut points and categories makes a group of every value, which nobody knows yet.
    """
    return [part["name"], *(f"{part['name']}={label}" for label in _labels(part))]


def _labels(part: Json) -> list[str]:
    """What the evaluator calls the groups of a slice that have rows."""
    if bins := part.get("bins"):
        inner = [f"[{low:g},{high:g})" for low, high in pairwise(bins)]
        return [f"<{bins[0]:g}", *inner, f">={bins[-1]:g}", "missing"]
    categories = part.get("categories")
    return [*categories, "other", "missing"] if categories else []


def _has_group(part: Json, label: str) -> bool:
    return label in _labels(part) if "bins" in part or "categories" in part else bool(label)


def _slice_faults(slices: Sequence[Json]) -> dict[str, str]:
    faults = {}
    if len(slices) > MOST_SLICES:
        faults["slices"] = _("There are %(most)s slices at most.") % {"most": MOST_SLICES}
    for number, one in enumerate(slices):
        faults |= {f"slices.{number}.{name}": wrong for name, wrong in _faults_of_slice(one)}
    names = [NOISE, *(str(one.get("name")) for one in slices)]
    if len(set(names)) < len(names):
        faults["slices"] = _("Two slices have the same name, or one is called “noise”.")
    return faults


def _faults_of_slice(one: Json) -> list[tuple[str, str]]:
    found = [
        (name, _("There is no such part of a slice."))
        for name in sorted(set(one) - {"name", "column", "bins", "categories"})
    ]
    for name in ("name", "column"):
        text = one.get(name)
        if not isinstance(text, str) or not 0 < len(text) <= LONGEST:
            found.append((name, _("This is needed.")))
    if "=" in str(one.get("name")):
        found.append(("name", _("The sign = cannot stand in a name.")))
    if "bins" in one and not _are_bins(one["bins"]):
        found.append(("bins", _("Cut points are 1 to %(most)s numbers that ascend.") % {"most": MOST_BINS}))
    if "categories" in one and ("bins" in one or not _are_categories(one["categories"])):
        found.append(("categories", _("Name different texts, and no cut points.")))
    return found


def _are_bins(value: object) -> bool:
    if not isinstance(value, list) or not 0 < len(value) <= MOST_BINS or not all(map(_is_number, value)):
        return False
    return all(low < high for low, high in pairwise(value))


def _are_categories(value: object) -> bool:
    texts = value if isinstance(value, list) else []
    fits = all(isinstance(text, str) and 0 < len(text) <= LONGEST for text in texts)
    return fits and 0 < len(texts) <= MOST_CATEGORIES and len(set(texts)) == len(texts)


def _is_number(value: object) -> bool:
    """Whether it is a number that the evaluator takes and JSON carries alike to all."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= 2**53 - 1 if isinstance(value, int) else abs(value) <= LARGEST
