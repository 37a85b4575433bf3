"""Measured values with their confidence intervals, each against the threshold that was committed before."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from faur.portal.charts.drawing import add, drawing, percent, to_html
from faur.portal.charts.scales import Scale, scale_for
from faur.portal.charts.tables import Table, written

_ROW = 76
_TOP = 8
_AXIS = 28


@dataclass(frozen=True, slots=True)
class Interval:
    """A value between `low` and `high`. `met`: whether the threshold is held; None: open, or there is none."""

    label: str
    value: float
    low: float
    high: float
    threshold: float | None = None
    met: bool | None = None

    @property
    def written(self) -> str:
        return _("%(value)s (%(low)s to %(high)s)") % {
            "value": written(self.value, 3),
            "low": written(self.low, 3),
            "high": written(self.high, 3),
        }

    @property
    def tone(self) -> str:
        return "idle" if self.threshold is None else {True: "ok", False: "bad", None: "warn"}[self.met]

    @property
    def verdict(self) -> str:
        """The colour's meaning in words; empty without a threshold."""
        if self.threshold is None:
            return ""
        words = {
            True: pgettext("threshold", "held"),
            False: pgettext("threshold", "not held"),
            None: _("cannot be told"),
        }
        return words[self.met]

    @property
    def sentence(self) -> str:
        return ", ".join(part for part in (self.written, self.verdict) if part)


@dataclass(frozen=True, slots=True)
class IntervalChart:
    """A row a measure. `low` and `high`: the ends of the axis, where the measure has them."""

    title: str
    rows: Sequence[Interval]
    low: float | None = None
    high: float | None = None

    @property
    def empty(self) -> bool:
        return not self.rows

    @property
    def series(self) -> Sequence[object]:
        """None: the rows name themselves, so there is no legend."""
        return ()

    @property
    def description(self) -> str:
        return " ".join(f"{row.label}: {row.sentence}." for row in self.rows)

    @property
    def svg(self) -> SafeString:
        image = drawing("intervals", self.title, self.description)
        image.set("height", str(_TOP + _ROW * len(self.rows) + _AXIS))
        scale = self._scale()
        _axis(image, scale, len(self.rows))
        for index, row in enumerate(self.rows):
            _row(image, scale, row, _TOP + index * _ROW)
        return to_html(image)

    @property
    def table(self) -> Table:
        return Table(
            headers=[_("Measure"), _("Value"), _("From"), _("To"), _("Threshold"), _("Verdict")],
            rows=[
                [row.label, *(written(value) for value in (row.value, row.low, row.high)), _threshold(row), row.verdict]
                for row in self.rows
            ],
        )

    def _scale(self) -> Scale:
        found = scale_for(
            value for row in self.rows for value in (row.value, row.low, row.high, row.threshold) if value is not None
        )
        low = found.low if self.low is None else self.low
        high = found.high if self.high is None else self.high
        return Scale(low, high)


def _axis(plot: Element, scale: Scale, rows: int) -> None:
    bottom = _TOP + rows * _ROW
    for tick in scale.ticks():
        place = percent(scale.place(tick))
        add(plot, "line", "grid", x1=place, x2=place, y1=_TOP, y2=bottom)
        add(plot, "text", "tick tick-x", x=place, y=bottom, dy="1.5em").text = scale.label(tick)


def _row(plot: Element, scale: Scale, row: Interval, top: float) -> None:
    middle = top + 34
    add(plot, "text", "row-label", x="0", y=top + 14).text = row.label
    add(plot, "text", f"row-value tone-{row.tone}", x="100%", y=top + 58).text = row.sentence
    add(plot, "line", "track", x1="0", x2="100%", y1=middle, y2=middle)
    if row.threshold is not None:
        place = percent(scale.place(row.threshold))
        mark = add(plot, "line", "threshold", x1=place, x2=place, y1=middle - 11, y2=middle + 11)
        add(mark, "title", "").text = _("Threshold: %(value)s") % {"value": written(row.threshold)}
    if not math.isfinite(row.value):
        return
    low, high = percent(scale.place(row.low)), percent(scale.place(row.high))
    add(plot, "line", f"whisker tone-{row.tone}", x1=low, x2=high, y1=middle, y2=middle)
    dot = add(plot, "circle", f"mean tone-{row.tone}", cx=percent(scale.place(row.value)), cy=middle, r="5")
    add(dot, "title", "").text = f"{row.label}: {row.sentence}"


def _threshold(row: Interval) -> str:
    return "" if row.threshold is None else written(row.threshold)
