"""The pictures of an evaluation: reliability, groups, and the loss under noise."""

from collections.abc import Mapping, Sequence
from typing import Any

from .drawing import GUIDE, INK, MARK, Drawing
from .results import Result

LONGEST_LABEL = 22


def reliability_plot(rows: Sequence[Mapping[str, Any]]) -> str:  # Any: JSON
    """Stated probability against what happened; on the diagonal the model is calibrated."""
    drawing = Drawing("Reliability: what the model stated against what happened", (0, 1), (0, 1))
    drawing.axes("mean probability stated", "share that came true")
    drawing.line((0, 0), (1, 1), GUIDE)
    for row in rows:
        point = (row["mean_probability"], row["share"])
        if row["interval"]:
            drawing.line((point[0], row["interval"][0]), (point[0], row["interval"][1]), MARK)
        drawing.dot(point, f"{row['n']} rows: stated {point[0]:.3f}, happened {point[1]:.3f}")
    return drawing.svg()


def group_plot(name: str, metric: str, results: Sequence[Result]) -> str:
    """`metric` of each group of the slice `name`, with its interval; groups without a figure say why."""
    rows = [result for result in results if result.metric == metric and result.slice.startswith(f"{name}=")]
    known = [limit for result in rows for limit in (*(result.interval or ()), result.value) if limit is not None]
    low, high = (0.0, 1.0) if rows[0].unit == "1" else (min(known, default=0.0), max(known, default=1.0))
    drawing = Drawing(f"{metric} by {name}, with intervals", (low, high), (0, len(rows)))
    drawing.axes(metric, name, marks_up=False)
    for place, result in enumerate(reversed(rows)):
        _group_row(drawing, place + 0.5, result.slice.removeprefix(f"{name}="), result)
    return drawing.svg()


def noise_plot(results: Sequence[Result], kind_measures: str) -> str:
    """The figure `kind_measures` under growing noise, with intervals; noise 0 is the figure without."""
    rows = [result for result in results if result.metric == f"{kind_measures}_under_noise" and result.interval]
    plain = next(result for result in results if result.metric == kind_measures and not result.slice)
    points = [(0.0, plain), *((float(result.slice.removeprefix("noise=")), result) for result in rows)]
    limits = [limit for _, result in points for limit in (*(result.interval or ()), result.value) if limit is not None]
    drawing = Drawing(f"{kind_measures} under noise", (0, points[-1][0]), (min(limits), max(limits)))
    drawing.axes("noise, in standard deviations of each column", kind_measures)
    drawing.path([(level, result.value) for level, result in points if result.value is not None])
    for level, result in points:
        if result.interval and result.value is not None:
            drawing.line((level, result.interval[0]), (level, result.interval[1]), MARK)
            drawing.dot((level, result.value), f"noise {level:g}: {result.value:.4f}")
    return drawing.svg()


def _group_row(drawing: Drawing, height: float, label: str, result: Result) -> None:
    x, y = drawing.at(drawing.across[0], height)
    shown = label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
    drawing.text((x - 8, y + 4), shown, "end")
    if result.value is None:
        drawing.text((x + 8, y + 4), f"no figure: {result.n} rows", "start")
        return
    if result.interval:
        drawing.line((result.interval[0], height), (result.interval[1], height), INK, 2)
    drawing.dot((result.value, height), f"{label}: {result.value:.4f} on {result.n} rows")
