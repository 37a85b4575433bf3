"""Numbers, quantities and moments, as they are written in the three languages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import formats, timezone, translation

from faur.kernel.units import GIB, HOUR
from faur.portal.moments import say_absolute, say_relative
from faur.portal.quantities import number, say_quantity

NOW = datetime(2026, 11, 28, 20, 51, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "date", "moment"),
    [
        ("en", "28 Nov 2026", "28 Nov 2026, 22:51"),
        ("ro", "28 noi 2026", "28 noi 2026, 22:51"),
        ("bg", "28 ноем 2026 г.", "28 ноем 2026 г., 22:51"),
    ],
)
def test_a_date_names_its_month_and_an_hour_counts_to_24(language, date, moment):
    with translation.override(language), timezone.override("Europe/Bucharest"):
        here = timezone.localtime(NOW)
        assert formats.date_format(here, "DATE_FORMAT") == date
        assert formats.date_format(here, "DATETIME_FORMAT") == moment


@pytest.mark.parametrize(("language", "written"), [("en", "1\xa0234.5"), ("ro", "1\xa0234,5"), ("bg", "1\xa0234,5")])
def test_thousands_stand_apart_by_a_space_in_every_language(language, written):
    with translation.override(language):
        assert number(1234.5, 2) == written


@pytest.mark.parametrize(
    ("amount", "unit", "text", "exact"),
    [
        (44_640, "core-seconds", "12.4 core hours", "44\xa0640 core-seconds"),
        (3_600, "core-seconds", "1 core hour", "3\xa0600 core-seconds"),
        (1, "core-seconds", "1 core-second", "1 core-second"),
        (90, "core-seconds", "1.5 core minutes", "90 core-seconds"),
        (36_000_000, "gpu-seconds", "10\xa0000 GPU hours", "36\xa0000\xa0000 GPU-seconds"),
        (0, "core-seconds", "0 core-seconds", "0 core-seconds"),
        (512, "bytes", "512 bytes", "512 bytes"),
        (3 * GIB // 2, "bytes", "1.5\xa0GiB", "1\xa0610\xa0612\xa0736 bytes"),
        (45, "seconds", "45 s", "45 seconds"),
        (7_500, "seconds", "2 h 05 min", "7\xa0500 seconds"),
        (100_000, "seconds", "1 d 3 h", "100\xa0000 seconds"),
        (2_500_000, "tokens", "2.5 million tokens", "2\xa0500\xa0000 tokens"),
        (1_000, "shots", "1\xa0000 shots", "1\xa0000 shots"),
    ],
)
def test_a_quantity_is_said_in_its_size_and_kept_exactly(amount, unit, text, exact):
    said = say_quantity(amount, unit)
    assert (said.text, said.exact) == (text, exact)


def test_amounts_side_by_side_are_said_in_one_size():
    assert say_quantity(0, "core-seconds", like=100 * HOUR).text == "0 core hours"
    assert say_quantity(812, "core-seconds", like=100 * HOUR).text == "0.23 core hours"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (3, "just now"),
        (45, "45 seconds ago"),
        (60, "1 minute ago"),
        (7_300, "2 hours ago"),
        (3 * 86_400, "3 days ago"),
        (-300, "in 5 minutes"),
        (-86_400, "in 1 day"),
        (90 * 86_400, "30 Aug 2026"),
    ],
)
def test_a_moment_is_said_by_its_distance(seconds, said):
    assert say_relative(NOW - timedelta(seconds=seconds), NOW) == said


def test_the_exact_moment_names_its_zone():
    with timezone.override("Europe/Bucharest"):
        assert say_absolute(NOW) == "28 Nov 2026, 22:51:07 EET"
