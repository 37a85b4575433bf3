"""What was decided about metrics, as tables."""

import json
import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faur.services.training import rules
from faur.services.training.rules import Intake, Point, Tally, parse


def line(**said: object) -> bytes:
    return json.dumps(said).encode() + b"\n"


@pytest.mark.parametrize(
    ("raw", "point"),
    [
        (b'{"key": "loss", "value": 0.5, "step": 3}', Point(0, "loss", 0.5, 3)),
        (b'{"key": "loss", "value": 1}', Point(0, "loss", 1.0)),
        (b'{"key": "loss", "value": 1, "time": 0}', Point(0, "loss", 1.0, None, datetime(1970, 1, 1, tzinfo=UTC))),
        (b'{"key": "loss", "value": "Infinity", "step": 1}', Point(0, "loss", math.inf, 1)),
        (b'{"key": "loss", "value": -Infinity}', Point(0, "loss", -math.inf)),
        (b'{"key": "loss", "value": 1, "step": -1}', Point(0, "loss", 1.0)),
        (b'{"key": "loss", "value": 1, "step": 2.0}', Point(0, "loss", 1.0, 2)),
        (b'{"key": "loss", "value": 1, "time": 1e300}', Point(0, "loss", 1.0)),
    ],
)
def test_a_line_of_metrics(raw, point):
    assert parse(raw + b"\n", 0, whole=False).points == (point,)


@pytest.mark.parametrize(
    "raw",
    [
        b"not json",
        b"[]",
        b"null",
        b'{"key": "loss"}',
        b'{"value": 1}',
        b'{"key": "", "value": 1}',
        b'{"key": "a\\u0000b", "value": 1}',
        b'{"key": "\\ud800", "value": 1}',
        b'{"key": 7, "value": 1}',
        b'{"key": "loss", "value": "high"}',
        b'{"key": "loss", "value": true}',
        b'{"key": "loss", "value": null}',
        b'{"key": "loss", "value": 1' + b"0" * 400 + b"}",
        b'{"key": "' + b"k" * 121 + b'", "value": 1}',
        b"[" * 10_000,
        b"\xff\xfe",
    ],
)
def test_a_line_that_is_none_is_counted_and_passed_by(raw):
    parsed = parse(raw + b"\n" + line(key="loss", value=1), 0, whole=False)
    assert (len(parsed.points), parsed.bad) == (1, 1)


def test_nan_keeps_its_name():
    (point,) = parse(line(key="loss", value="NaN"), 0, whole=False).points
    assert math.isnan(point.value)
    assert rules.spelt(point.value) == "NaN"


def test_half_a_line_waits_for_its_other_half_unless_nothing_more_comes():
    whole = line(key="a", value=1) + line(key="b", value=2)[:-1]
    first = parse(whole, 0, whole=False)
    assert [point.key for point in first.points] == ["a"]
    rest = parse(whole[first.next_offset :], first.next_offset, whole=True)
    assert [(point.key, point.offset) for point in rest.points] == [("b", first.next_offset)]
    assert rest.next_offset == len(whole)


def test_a_line_without_end_is_passed_by_and_what_follows_is_read():
    endless = b"x" * (rules.LONGEST_LINE + 1)
    parsed = parse(endless, 100, whole=False)
    assert (parsed.points, parsed.bad, parsed.next_offset) == ((), 1, 100 + len(endless))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(allow_nan=False))), st.lists(st.integers(0, 400)))
def test_however_a_file_is_cut_into_pieces_each_line_is_taken_in_once(points, cuts):
    content = b"".join(line(key=key, value=value) for key, value in points)
    found, offset = [], 0
    for end in (*sorted(min(cut, len(content)) for cut in cuts), len(content)):
        parsed = parse(content[offset:end], offset, whole=False)
        found += parsed.points
        offset = parsed.next_offset
    assert [(point.key, point.value) for point in found] == points
    assert offset == len(content)


@pytest.mark.parametrize(("index", "level"), [(0, 31), (1, 0), (2, 1), (3, 0), (4, 2), (12, 2), (1024, 10)])
def test_every_second_point_has_the_next_level(index, level):
    assert rules.level(index) == level


@pytest.mark.parametrize("points", [1, 499, 500, 501, 5_000, 123_456])
def test_about_five_hundred_points_are_shown_however_many_came(points):
    shown = sum(rules.level(index) >= rules.coarseness(points) for index in range(points))
    assert min(points, 250) <= shown <= 501


def test_a_long_series_grows_thinner_and_keeps_its_end():
    kept = [index for index in range(200_000) if rules.is_kept(index)]
    assert kept[: rules.DENSE] == list(range(rules.DENSE))
    assert len(kept) < 40_000
    assert kept[-1] > 199_900


def test_more_keys_than_there_is_room_for_are_left_out_and_counted():
    intake = Intake({})
    intake.take(Point(n, f"key{n}", 1.0) for n in range(rules.MOST_KEYS + 5))
    assert (len(intake.tallies), intake.left_out, len(intake.kept)) == (rules.MOST_KEYS, 5, rules.MOST_KEYS)


def test_points_beyond_the_bound_still_move_the_last_value():
    intake = Intake({"loss": Tally(5, 0.5, 4)}, stored=rules.MOST_POINTS)
    intake.take([Point(0, "loss", 0.1)])
    assert (intake.kept, intake.left_out) == ([], 1)
    assert intake.tallies["loss"] == Tally(6, 0.1, 5)


def test_a_tally_survives_the_database():
    for value in (0.5, math.inf, -math.inf):
        tally = Tally(3, value, 9)
        assert Tally.from_json(json.loads(json.dumps(tally.as_json()))) == tally


def test_keys_of_one_measure_share_a_chart():
    keys = ["fold/forest/auc", "fold/linear/auc", "loss", "training/loss", "validation/auc", "validation/loss"]
    groups = rules.groups(keys, 6)
    assert [(group.name, group.keys) for group in groups] == [
        ("fold/auc", ("fold/forest/auc", "fold/linear/auc")),
        ("loss", ("loss", "training/loss", "validation/loss")),
        ("auc", ("validation/auc",)),
    ]


def test_more_lines_than_a_chart_holds_make_another_chart():
    groups = rules.groups([f"fold/{n}/auc" for n in range(5)], 2)
    assert [len(group.keys) for group in groups] == [2, 2, 1]


def test_columns_that_parameters_name_are_found_by_the_schema():
    schema = {
        "properties": {"target": {"x-faur-column-of": "train"}, "features": {"x-faur-column-of": "train"}, "seed": {}}
    }
    named = rules.columns_named(schema, {"target": "y", "features": ["a", "b"], "seed": 1})
    assert named == [("target", "train", "y"), ("features", "train", "a"), ("features", "train", "b")]
