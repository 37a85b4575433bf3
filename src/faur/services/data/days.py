"""Which day it is for a policy that ends on one: the day at the site, not in Greenwich."""

from datetime import date

from django.utils.timezone import localdate

from faur.kernel import clock


def today() -> date:
    return localdate(clock.now())
