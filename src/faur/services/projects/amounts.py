"""Amounts of the ledger in words: whole seconds are kept, hours are read."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from faur.kernel.units import HOUR, Unit


def in_hours(amount: int) -> str:
    """Hours as a localised number: two decimals below a hundred, none above."""
    hours = amount / HOUR
    places = 0 if abs(hours) >= 100 or amount % HOUR == 0 else 2
    return str(number_format(round(hours, places), decimal_pos=places, force_grouping=True))


def in_words(amount: int, unit: str) -> str:
    """`amount` of `unit` (core-seconds or gpu-seconds) in hours, with its unit."""
    if unit == Unit.GPU_SECONDS:
        return _("%(hours)s GPU hours") % {"hours": in_hours(amount)}
    return _("%(hours)s core hours") % {"hours": in_hours(amount)}
