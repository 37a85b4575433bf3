"""What was decided about names and keys, as tables."""

import pytest

from faur.services.serving.rules import is_key_life, is_name


@pytest.mark.parametrize(
    ("days", "fits"), [(0, False), (-1, False), (1, True), (366, True), (367, False), (10**30, False)]
)
def test_a_key_lives_a_day_to_a_year(days, fits):
    assert is_key_life(days) is fits


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("second-reader", True),
        ("a1b", True),
        ("ab", False),
        ("", False),
        ("1ab", False),
        ("ab-", False),
        ("A-b", False),
        ("a b", False),
        ("a/b", False),
        ("a" * 51, False),
    ],
)
def test_a_name_is_part_of_an_address(text, fits):
    assert is_name(text) is fits
