"""Which use a policy allows, and what of a file may be known by whom, as tables."""

from datetime import date

import pytest

from faur.services.data import rules
from faur.services.data.profiles import profile_of
from faur.services.data.rules import Policy, Purpose, Reason
from faur.services.data.wording import PERMISSIONS, PERSONAL, PURPOSES, REASONS

DAY = date(2026, 11, 1)


def policy(*permissions, ends=None):
    return Policy(frozenset(permissions), expires_on=ends)


@pytest.mark.parametrize(
    ("why", "terms", "own", "against"),
    [
        ("permitted on one's own data", policy("training"), True, []),
        ("another purpose", policy("evaluation"), True, [Reason.NOT_PERMITTED]),
        ("nothing is permitted", policy(), True, [Reason.NOT_PERMITTED]),
        ("sharing alone permits no purpose", policy("sharing"), True, [Reason.NOT_PERMITTED]),
        ("another project, shared", policy("training", "sharing"), False, []),
        ("another project, not shared", policy("training"), False, [Reason.NOT_SHARED]),
        ("on the last day", policy("training", ends=DAY), True, []),
        ("the day after", policy("training", ends=date(2026, 10, 31)), True, [Reason.EXPIRED]),
        ("all at once", policy(ends=date(2020, 1, 1)), False, list(Reason)),
    ],
)  # fmt: skip
def test_what_is_against_a_use(why, terms, own, against):
    assert rules.reasons_against(terms, Purpose.TRAINING, own=own, on=DAY) == against, why


@pytest.mark.parametrize(
    ("state", "ends", "holds"),
    [
        ("active", None, True),
        ("active", DAY, True),
        ("active", date(2026, 10, 31), False),
        ("pending", None, False),
        ("declined", None, False),
        ("ended", None, False),
    ],
)
def test_a_contract_holds_while_it_is_active_and_its_policy_lasts(state, ends, holds):
    assert rules.in_force(state, ends, DAY) is holds


def test_everything_that_is_decided_has_words():
    assert (set(REASONS), set(PURPOSES)) == (set(Reason), set(Purpose))
    assert (set(PERMISSIONS), set(PERSONAL)) == (set(rules.Permission), set(rules.Personal))


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({}, Policy(frozenset())),
        ({"permissions": "training"}, Policy(frozenset())),
        ({"permissions": ["training"], "requires_approval": "yes"}, policy("training")),
        ({"expires_on": "2026-11-01"}, policy(ends=DAY)),
    ],
)
def test_a_stored_policy_is_read_without_guessing(document, expected):
    assert rules.policy_of(document) == expected


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("breast-cancer-2", True), ("abc", True), ("a" * 80, True), ("ab", False), ("", False), ("a" * 81, False),
        ("2abc", False), ("abc-", False), ("Abc", False), ("a_bc", False), ("a bc", False), ("a\nbc", False),
        ("ăbc", False),
    ],
)  # fmt: skip
def test_the_names_of_data_sets(name, fits):
    assert rules.is_name(name) is fits


@pytest.mark.parametrize(
    ("split", "fits"),
    [("train", True), ("fold_1", True), ("", False), ("Train", False), ("a b", False), ("x" * 41, False)],
)
def test_the_names_of_parts(split, fits):
    assert rules.is_split(split) is fits


def test_paths_that_differ_in_case_alone_come_twice():
    assert rules.doubled(["a.csv", "B.csv", "A.csv", "b.csv"]) == ["A.csv", "b.csv"]


def test_the_outline_of_a_file_has_its_shape_and_none_of_its_values():
    found = {
        "path": "t.csv", "split": "train", "rows": 2, "other": "secret",
        "columns": [{"name": "age", "type": "integer", "missing": 0, "minimum": 41, "values": [{"value": 41}]}],
    }  # fmt: skip
    assert rules.outline(found) == {
        "path": "t.csv", "split": "train", "rows": 2, "columns": [{"name": "age", "type": "integer", "missing": 0}],
    }  # fmt: skip


def test_what_no_database_holds_is_left_out_of_a_profile():
    found = {"columns": [{"name": "a\0b", "values": [{"value": "\0", "count": 1}]}]}
    (kept,) = rules.kept([found])
    assert kept == {"columns": [{"name": "a\ufffdb", "values": [{"value": "\ufffd", "count": 1}]}]}


def test_of_very_many_columns_the_values_are_not_kept():
    many = {"columns": [{"name": "n", "values": [{"value": 1, "count": 1}]}] * (rules.MOST_WITH_VALUES + 1)}
    (kept,) = rules.kept([many])
    assert {len(column["values"]) for column in kept["columns"]} == {0}


def test_the_profile_of_a_file_in_words():
    columns = [
        {"name": "size", "type": "number", "missing": 1, "not_a_number": 2, "infinite": 1, "minimum": 0.5,
         "maximum": 12345.678, "distinct": None, "values": []},
        {"name": "kind", "type": "text", "missing": 0, "minimum": None, "maximum": None, "distinct": 8,
         "values": [{"value": f"v{n}", "count": 8 - n} for n in range(8)]},
        {"name": "yes", "type": "boolean", "missing": 0, "distinct": 1, "values": [{"value": True, "count": 4}]},
        {"name": "n", "type": "integer", "missing": 0, "minimum": 1, "maximum": 4, "distinct": 4, "values": []},
    ]  # fmt: skip
    told = profile_of({"path": "t.csv", "split": "train", "rows": 4, "columns": columns})
    size, kind, yes, count = told.columns
    assert (size.share, size.odd, size.values) == ("25\xa0%", "2 not a number, 1 infinite", "many")
    assert size.range.startswith("0.5 to 12")
    assert kind.values == "v0 (8), v1 (7), v2 (6), v3 (5), v4 (4), v5 (3) and 2 more"
    assert (yes.values, count.values, count.range) == ("yes (4)", "4 values", "1 to 4")
    many = profile_of({"path": "t", "split": "x", "rows": 0, "columns": [{"name": str(n)} for n in range(130)]})
    assert (len(many.columns), many.more) == (100, 30)
