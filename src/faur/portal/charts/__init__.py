"""Charts made on the server: inline SVG with a title, a description and its numbers as a table."""

from faur.portal.charts.bars import quota_bar, sparkline
from faur.portal.charts.intervals import Interval, IntervalChart
from faur.portal.charts.lines import LineChart, Series
from faur.portal.charts.tables import Table

__all__ = ["Interval", "IntervalChart", "LineChart", "Series", "Table", "quota_bar", "sparkline"]
