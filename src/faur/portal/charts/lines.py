"""One or more measures over steps: the curves of a run, use over time."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from faur.portal.charts.drawing import add, drawing, percent, to_html
from faur.portal.charts.scales import Point, Scale, scale_for, thinned, unbroken
from faur.portal.charts.tables import Table, written

DRAWN = 400
"""Points of a series that are drawn at most: more than that is finer than the screen."""

LISTED = 100
MARKED = 40


@dataclass(frozen=True, slots=True)
class Series:
    """A named line of `(step, value)` points in the order of their steps; a value may be NaN or infinite."""

    name: str
    points: Sequence[Point]

    @property
    def latest(self) -> str:
        """The last value, written; empty where there is none yet."""
        return written(self.points[-1][1]) if self.points else ""


@dataclass(frozen=True, slots=True)
class LineChart:
    """`x_label` says what a step is, `y_label` the unit of the values."""

    title: str
    series: Sequence[Series]
    x_label: str = ""
    y_label: str = ""

    @property
    def empty(self) -> bool:
        return not any(line.points for line in self.series)

    @property
    def description(self) -> str:
        """The shape of each line in words."""
        return " ".join(_in_words(line) for line in self.series if line.points)

    @property
    def svg(self) -> SafeString:
        image = drawing("lines", self.title, self.description)
        x = _from_first_to_last(point[0] for line in self.series for point in line.points)
        y = scale_for(point[1] for line in self.series for point in line.points)
        _axes(image, x, y)
        lines = add(image, "svg", "lines", viewBox="0 0 100 100", preserveAspectRatio="none")
        for index, line in enumerate(self.series, 1):
            _line(lines, image, line, index, (x, y))
        _labels(image, self)
        return to_html(image)

    @property
    def table(self) -> Table:
        """A row a step, a column a series; thinned evenly to about a hundred rows."""
        by_step: dict[float, list[str]] = {}
        for column, line in enumerate(self.series):
            for step, value in line.points:
                by_step.setdefault(step, [""] * len(self.series))[column] = written(value)
        steps = sorted(by_step)
        stride = math.ceil(len(steps) / LISTED) or 1
        shown = [step for index, step in enumerate(steps) if index % stride == 0 or index == len(steps) - 1]
        return Table(
            headers=[self.x_label or _("Step"), *(line.name for line in self.series)],
            rows=[[written(step), *by_step[step]] for step in shown],
        )


def _from_first_to_last(steps: Iterable[float]) -> Scale:
    values = list(steps)
    if not values or min(values) == max(values):
        return scale_for(values)
    return Scale(min(values), max(values))


def _axes(plot: Element, x: Scale, y: Scale) -> None:
    for tick in y.ticks():
        height = percent(100 - y.place(tick))
        add(plot, "line", "grid", x1="0", x2="100%", y1=height, y2=height)
        add(plot, "text", "tick tick-y", x="0", y=height, dx="-8", dy="0.32em").text = y.label(tick)
    for tick in x.ticks():
        add(plot, "text", "tick tick-x", x=percent(x.place(tick)), y="100%", dy="1.5em").text = x.label(tick)
    add(plot, "line", "axis", x1="0", x2="100%", y1="100%", y2="100%")


def _line(lines: Element, plot: Element, line: Series, index: int, scales: tuple[Scale, Scale]) -> None:
    x, y = scales
    points = thinned(line.points, DRAWN)
    for run in unbroken(points):
        places = " ".join(f"{x.place(step):.2f},{100 - y.place(value):.2f}" for step, value in run)
        add(lines, "polyline", f"line series-{index}", points=places)
    if len(points) > MARKED:
        return
    for step, value in points:
        if math.isfinite(value):
            dot = add(
                plot,
                "circle",
                f"dot series-{index}",
                r="3",
                cx=percent(x.place(step)),
                cy=percent(100 - y.place(value)),
            )
            add(dot, "title", "").text = f"{line.name}, {written(step)}: {written(value)}"


def _labels(image: Element, chart: LineChart) -> None:
    if chart.x_label:
        add(image, "text", "label label-x", x="100%", y="100%", dy="2.9em").text = chart.x_label
    if chart.y_label:
        add(image, "text", "label label-y", x="0", y="0", dx="-3.75em", dy="-1em").text = chart.y_label


def _in_words(line: Series) -> str:
    first, last = line.points[0][1], line.points[-1][1]
    if len(line.points) == 1:
        return _("%(name)s: %(value)s.") % {"name": line.name, "value": written(first)}
    return _("%(name)s: from %(first)s to %(last)s over %(count)d points.") % {
        "name": line.name,
        "first": written(first),
        "last": written(last),
        "count": len(line.points),
    }
