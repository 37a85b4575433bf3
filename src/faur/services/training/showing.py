"""What a run's page draws: its metrics as curves, those of one measure on one chart."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from faur.portal.charts import LineChart, Series
from faur.services.training import queries
from faur.services.training.models import Run
from faur.services.training.rules import groups

MOST_CHARTS = 12
MOST_LINES = 6


def curves_of(run: Run, titles: Mapping[str, str]) -> list[LineChart]:
    """A chart for each measure that has more than one point, twelve at most; one query. `titles` by key."""
    grown = [key for key in sorted(run.tallies) if run.tallies[key]["points"] > 1]
    chosen = groups(grown, MOST_LINES)[:MOST_CHARTS]
    found = queries.curves(run, [key for group in chosen for key in group.keys])
    return [
        LineChart(
            title=next((titles[key] for key in group.keys if titles.get(key, key) != key), group.name),
            series=[Series(key, sorted(found[key].points, key=_step)) for key in group.keys],
            x_label=_("Step"),
        )
        for group in chosen
    ]


def _step(point: tuple[float, float]) -> float:
    return point[0]
