"""How trust shows what was promised and measured: bounds in words, figures with their intervals, plots."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from faur.kernel.blobs import Digest, link_token
from faur.kernel.units import Seconds
from faur.portal.charts import Interval, IntervalChart
from faur.portal.quantities import number
from faur.services.trust.figures import NOISE, figure_title, is_bounded, plot_title
from faur.services.trust.models import Evaluation

Json = Mapping[str, Any]  # Any: JSON of an evaluation
LINK_LASTS = Seconds(3600)
SIGNS = {">=": "≥", "<=": "≤"}
STATES = {"pass": "passed", "fail": "failed"}
"""By status of a threshold, the state in whose tone it is shown; the others are states themselves."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound as people read it."""

    id: str
    title: str
    metric: str
    group: str
    sign: str
    value: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A bound, what was measured against it, and what follows."""

    bound: Bound
    state: str
    reason: str
    value: float | None
    low: float | None
    high: float | None
    rows: int | None


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure as it was measured, or why it was not."""

    title: str
    metric: str
    value: float | None
    low: float | None
    high: float | None
    rows: int
    how: str
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """The figures on one group of rows; the title says which."""

    title: str
    figures: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """A grouping of the rows by a column; `groups` says how."""

    name: str
    column: str
    groups: str


@dataclass(frozen=True, slots=True)
class Plot:
    title: str
    link: str


def bounds_of(items: Iterable[Json]) -> list[Bound]:
    return [_bound(str(item.get("id", "")), item) for item in items]


def judged_of(evaluation: Evaluation) -> list[Judged]:
    """What each bound says, those first that were not kept."""
    found = [_judged(one) for one in evaluation.judged]
    order = ["failed", "error", "inconclusive", "passed", "not_applicable"]
    return sorted(found, key=lambda one: order.index(one.state))


def charts_of(judged: Sequence[Judged]) -> list[IntervalChart]:
    """What was measured against the bounds: all shares in one chart, every other figure in one of its own."""
    drawn = [one for one in judged if one.value is not None]
    shares = [one for one in drawn if is_bounded(one.bound.metric)]
    others = dict.fromkeys(one.bound.metric for one in drawn if not is_bounded(one.bound.metric))
    charts = [IntervalChart(_("Shares, from nought to one"), [_interval(one) for one in shares], low=0, high=1)]
    charts += [
        IntervalChart(figure_title(metric), [_interval(one) for one in drawn if one.bound.metric == metric])
        for metric in others
    ]
    return [chart for chart in charts if not chart.empty]


def groups_of(evaluation: Evaluation) -> list[Group]:
    """All measured figures by the rows that they rest on, in the evaluator's order."""
    found: dict[str, list[Measured]] = {}
    for one in evaluation.results:
        found.setdefault(str(one["slice"]), []).append(_measured(one))
    return [Group(group_title(name), tuple(figures)) for name, figures in found.items()]


def group_title(name: str) -> str:
    """A group of rows as the evaluator calls it, as the title of its figures."""
    part, sign, label = name.partition("=")
    if not name:
        return _("All rows")
    if part == NOISE and sign:
        return _("With noise of %(level)s standard deviations") % {"level": label}
    return rows_word(name) if sign else _("Spread between the groups of “%(slice)s”") % {"slice": name}


def rows_word(name: str) -> str:
    """A group of rows as the evaluator calls it, in a word or two; empty for all rows."""
    part, sign, label = name.partition("=")
    words = {"slice": _("noise") if part == NOISE else part, "label": label}
    return pgettext("group of rows", "%(slice)s: %(label)s") % words if sign else name


def slices_of(slices: Iterable[Json]) -> list[Slice]:
    return [_slice(one) for one in slices]


def plots_of(evaluation: Evaluation) -> list[Plot]:
    """The plots, each with an address that opens it for an hour."""
    return [
        Plot(plot_title(str(one["title"])), f"/api/v1/bytes/{_token(str(one['path']), Digest(str(one['digest'])))}")
        for one in evaluation.artefacts
    ]


def _bound(name: str, item: Json) -> Bound:
    metric = str(item["metric"])
    sign = SIGNS.get(str(item["operator"]), str(item["operator"]))
    group = rows_word(str(item.get("slice") or ""))
    return Bound(name, figure_title(metric), metric, group, sign, float(item["value"]))


def _slice(one: Json) -> Slice:
    groups = _("every value")
    if one.get("bins"):
        groups = _("cut at %(points)s") % {"points": "; ".join(number(point, 4) for point in one["bins"])}
    elif one.get("categories"):
        groups = ", ".join(one["categories"])
    return Slice(str(one["name"]), str(one["column"]), groups)


def _judged(one: Json) -> Judged:
    seen = one["observed"]
    low, high = seen.get("interval") or (None, None)
    status = str(one["status"])
    return Judged(
        bound=_bound(str(one["id"]), one),
        state=STATES.get(status, status),
        reason=str(one["reason"]),
        value=seen.get("value"),
        low=low,
        high=high,
        rows=seen.get("n"),
    )


def _interval(one: Judged) -> Interval:
    value = one.value if one.value is not None else 0.0
    return Interval(
        label=_labelled(one.bound),
        value=value,
        low=value if one.low is None else one.low,
        high=value if one.high is None else one.high,
        threshold=one.bound.value,
        met={"passed": True, "failed": False}.get(one.state),
    )


def _labelled(bound: Bound) -> str:
    words = {"figure": bound.title, "group": bound.group}
    return pgettext("figure on a group of rows", "%(figure)s, %(group)s") % words if bound.group else bound.title


def _measured(one: Json) -> Measured:
    low, high = one.get("interval") or (None, None)
    return Measured(
        title=figure_title(str(one["metric"])),
        metric=str(one["metric"]),
        value=one["value"],
        low=low,
        high=high,
        rows=int(one["n"]),
        how="; ".join(part for part in (str(one["reference"]), str(one["method"])) if part),
        reason=str(one["reason"]),
    )


def _token(path: str, digest: Digest) -> str:
    kinds = {"svg": "image/svg+xml", "png": "image/png"}
    media_type = kinds.get(path.rpartition(".")[2], "application/octet-stream")
    return link_token(digest, LINK_LASTS, path.rpartition("/")[2], media_type)
