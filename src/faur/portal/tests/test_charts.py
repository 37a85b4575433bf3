"""Charts: drawn from any numbers, readable without looking, closed to markup."""

from xml.etree.ElementTree import fromstring

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from faur.portal.charts import Interval, IntervalChart, LineChart, Series, quota_bar, sparkline
from faur.portal.charts.scales import Scale, scale_for, thinned, unbroken

NAN, INFINITE = float("nan"), float("inf")


def lines(*values: float) -> LineChart:
    return LineChart("Loss", [Series("loss", list(enumerate(map(float, values))))], x_label="Round")


def test_a_chart_has_a_title_a_description_and_a_table_of_its_numbers():
    chart = lines(0.9, 0.5, 0.25)
    svg = fromstring(chart.svg)
    assert svg.get("role") == "img"
    assert svg.find("title").text == "Loss"
    assert svg.find("desc").text == "loss: from 0.9 to 0.25 over 3 points."
    assert chart.table.headers == ["Round", "loss"]
    assert chart.table.rows == [["0", "0.9"], ["1", "0.5"], ["2", "0.25"]]


def test_series_share_their_steps_in_the_table_and_may_miss_some():
    chart = LineChart("x", [Series("a", [(0.0, 1.0), (1.0, 2.0)]), Series("b", [(1.0, 3.0)])], x_label="Step")
    assert chart.table.rows == [["0", "1", ""], ["1", "2", "3"]]


@pytest.mark.parametrize(
    "values", [(), (1,), (0, 0, 0), (5, 5), (-3, 4), (1e-12, 2e-12), (1e300, -1e300), (NAN,), (NAN, INFINITE, 1)]
)
def test_any_numbers_make_a_well_formed_drawing(values):
    chart = lines(*values)
    assert fromstring(chart.svg).tag == "svg"
    assert len(chart.table.rows) == len(values)
    assert chart.empty == (not values)


@given(st.lists(st.floats() | st.sampled_from([0.0, 1e16, 1e16 + 2, 5e-324, 1.7e308]), max_size=6))
def test_no_number_that_a_program_reports_is_too_odd_to_draw(values):
    chart = LineChart("Loss", [Series("loss", list(enumerate(values)))])
    assert len(chart.table.rows) == len(values)
    bars = IntervalChart("Loss", [Interval("loss", value, value, value) for value in values])
    for drawing in (chart.svg, bars.svg, sparkline("loss", values)):
        assert "nan%" not in drawing
        assert fromstring(drawing).tag == "svg"


def test_a_value_that_is_not_a_number_breaks_the_line_and_is_said_in_the_table():
    chart = lines(1, NAN, 3, 4)
    assert len(fromstring(chart.svg).findall(".//polyline")) == 2
    assert chart.table.rows[1] == ["1", "nan"]
    assert unbroken([(0, 1.0), (1, NAN), (2, 2.0)]) == [[(0, 1.0)], [(2, 2.0)]]


def test_a_long_series_is_thinned_and_keeps_its_peaks():
    points = [(float(step), 0.0) for step in range(100_000)]
    points[54_321] = (54_321.0, 9.0)
    kept = thinned(points, 400)
    assert len(kept) <= 402
    assert (54_321.0, 9.0) in kept
    chart = LineChart("long", [Series("x", points)])
    assert len(chart.svg) < 20_000
    assert len(chart.table.rows) <= 101


def test_texts_from_outside_never_become_markup():
    evil = "<script>alert(1)</script>"
    chart = LineChart(evil, [Series(evil, [(0.0, 1.0), (1.0, 2.0)])], x_label=evil, y_label=evil)
    bars = IntervalChart(evil, [Interval(evil, 0.5, 0.4, 0.6)])
    for drawing in (chart.svg, bars.svg, quota_bar(evil, 1, 1, 4), sparkline(evil, [1, 2])):
        assert "<script" not in drawing


def test_no_drawing_needs_an_inline_style():
    for drawing in (lines(1, 2).svg, quota_bar("q", 1, 1, 4), sparkline("s", [1, 2])):
        assert "style=" not in drawing


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1.0]), (0.8, 1.0, [0.8, 0.85, 0.9, 0.95, 1.0]), (0, 30, [0, 10, 20, 30])],
)
def test_ticks_are_round_numbers(low, high, ticks):
    assert Scale(low, high).ticks() == pytest.approx(ticks)


def test_a_scale_ends_on_round_numbers_around_the_values():
    assert (scale_for([0.13, 0.87]).low, scale_for([0.13, 0.87]).high) == pytest.approx((0.0, 1.0))


@pytest.mark.parametrize(
    ("threshold", "met", "tone", "verdict"),
    [
        (0.9, True, "ok", "held"),
        (0.9, False, "bad", "not held"),
        (0.9, None, "warn", "cannot be told"),
        (None, None, "idle", ""),
    ],
)
def test_an_interval_says_in_words_what_its_colour_means(threshold, met, tone, verdict):
    row = Interval("Sensitivity", 0.94, 0.9, 0.97, threshold=threshold, met=met)
    assert (row.tone, row.verdict) == (tone, verdict)
    assert row.written == "0.94 (0.9 to 0.97)"
    assert IntervalChart("q", [row]).table.rows[0][-1] == verdict


def test_numbers_follow_the_language():
    with translation.override("ro"):
        assert lines(0.5).table.rows == [["0", "0,5"]]


@pytest.mark.parametrize(
    ("used", "held", "total", "share"), [(30, 20, 100, "30%"), (0, 0, 0, "0%"), (150, 0, 100, "100%")]
)
def test_a_quota_is_drawn_within_its_bar(used, held, total, share):
    bar = fromstring(quota_bar("Allocation", used, held, total))
    assert bar.find("rect[@class='used']").get("width") == share
