"""The one place that asks what time it is, so that tests can say."""

from datetime import UTC, date, datetime

from django.utils.timezone import get_default_timezone, localdate


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day at the site, not in Greenwich: what begins or ends on a day does so at its own midnight."""
    return localdate(now(), get_default_timezone())
