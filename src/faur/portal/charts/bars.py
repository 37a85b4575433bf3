"""Small drawings that stand inside a line of text or a card: how full, and which way it goes."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from faur.portal.charts.drawing import add, drawing, percent, to_html
from faur.portal.charts.scales import scale_for, thinned, unbroken


def quota_bar(title: str, used: int, held: int, total: int) -> SafeString:
    """How much of `total` is used, then how much is held for what runs; all in the same unit."""
    image = drawing("quota", title)
    whole = max(total, used + held, 1)
    add(image, "rect", "track", width="100%", height="100%")
    add(image, "rect", "used", width=percent(100 * used / whole), height="100%")
    add(image, "rect", "held", x=percent(100 * used / whole), width=percent(100 * held / whole), height="100%")
    return to_html(image)


def sparkline(title: str, values: Sequence[float]) -> SafeString:
    """The course of a measure at the height of a line of text; `title` says what it shows."""
    image = drawing("spark", title)
    image.set("viewBox", "0 0 100 100")
    image.set("preserveAspectRatio", "none")
    scale = scale_for(values)
    last = max(len(values) - 1, 1)
    for run in unbroken(thinned(list(enumerate(values)), 60)):
        places = " ".join(f"{100 * at / last:.2f},{95 - 0.9 * scale.place(value):.2f}" for at, value in run)
        add(image, "polyline", "line series-1", points=places)
    return to_html(image)
