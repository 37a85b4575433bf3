"""A Range header is a wish: what cannot be understood gets the whole, and no number is too long to be read."""

import pytest

from faur.gateway.ranges import RangeUnsatisfiable, Span, parse_range

SIZE = 100
LONG = "9" * 5000
WHOLE = Span(0, SIZE, partial=False)


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-0", Span(0, 1, partial=True)),
        ("bytes=90-", Span(90, 100, partial=True)),
        ("bytes=90-1000", Span(90, 100, partial=True)),
        ("bytes=-10", Span(90, 100, partial=True)),
        ("bytes=-1000", Span(0, 100, partial=True)),
    ],
)
def test_one_range_is_answered_with_its_bytes(header: str, span: Span) -> None:
    assert parse_range(header, SIZE) == span


@pytest.mark.parametrize(
    "header",
    ["", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-0,2-3", "lines=0-1", "bytes=a-b", "bytes=\u0663-\u0664"],
)
def test_what_is_not_understood_is_answered_with_the_whole(header: str) -> None:
    assert parse_range(header, SIZE) == WHOLE


@pytest.mark.parametrize("header", [f"bytes={LONG}-", f"bytes=0-{LONG}", f"bytes=-{LONG}"])
def test_a_number_too_long_to_mean_anything_is_not_understood(header: str) -> None:
    assert parse_range(header, SIZE) == WHOLE


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=999999999999999999-", "bytes=-0"])
def test_a_range_behind_the_end_is_refused(header: str) -> None:
    with pytest.raises(RangeUnsatisfiable):
        parse_range(header, SIZE)
