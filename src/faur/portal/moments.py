"""Moments as people say them: how long ago in the text, the exact hour and its zone on hover."""

from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faur.kernel.units import HOUR

_MINUTE = 60
_DAY = 24 * HOUR
_MONTH = 30 * _DAY


def say_relative(at: datetime, now: datetime) -> str:
    """ "5 minutes ago", "in 2 days"; a date where the distance is over thirty days. Both moments are aware."""
    distance = (now - at).total_seconds()
    seconds = int(abs(distance))
    if seconds >= _MONTH:
        return formats.date_format(timezone.localtime(at), "DATE_FORMAT")
    if seconds < 10:
        return _("just now")
    return _past(seconds) if distance > 0 else _future(seconds)


def say_absolute(at: datetime) -> str:
    """The moment to the second, in the site's zone, which is named: "28 Nov 2026, 22:51:07 EET"."""
    here = timezone.localtime(at)
    day = formats.date_format(here, "DATE_FORMAT")
    return _("%(date)s, %(time)s") % {"date": day, "time": here.strftime("%H:%M:%S %Z")}


def _past(seconds: int) -> str:
    if seconds < _MINUTE:
        return ngettext("%(n)d second ago", "%(n)d seconds ago", seconds) % {"n": seconds}
    if (minutes := seconds // _MINUTE) < 60:
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    if (hours := seconds // HOUR) < 24:
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    days = seconds // _DAY
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}


def _future(seconds: int) -> str:
    if seconds < _MINUTE:
        return ngettext("in %(n)d second", "in %(n)d seconds", seconds) % {"n": seconds}
    if (minutes := seconds // _MINUTE) < 60:
        return ngettext("in %(n)d minute", "in %(n)d minutes", minutes) % {"n": minutes}
    if (hours := seconds // HOUR) < 24:
        return ngettext("in %(n)d hour", "in %(n)d hours", hours) % {"n": hours}
    days = seconds // _DAY
    return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
