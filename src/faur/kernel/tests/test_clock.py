"""A day is the day at the site."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from pytest_django import Settings

from faur.kernel import clock


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2027-06-30T21:30", "Europe/Bucharest", date(2027, 7, 1)),
        ("2027-06-30T20:30", "Europe/Bucharest", date(2027, 6, 30)),
        ("2027-07-01T03:30", "America/New_York", date(2027, 6, 30)),
    ],
)
def test_a_day_begins_at_the_site_s_midnight(
    moment: str, zone: str, day: date, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(moment).replace(tzinfo=UTC))
    settings.TIME_ZONE = zone
    with timezone.override("Asia/Tokyo"):
        assert clock.today() == day, "whatever zone a reader's page is in"
