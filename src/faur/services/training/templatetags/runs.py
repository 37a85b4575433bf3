"""Filters of the pages of runs: `{% load runs %}`."""

from django import template

from faur.portal.quantities import number

register = template.Library()


@register.filter
def figure(value: float | str | None) -> str:
    """The value of a metric: four decimals, the name of what is no finite number, a dash for none."""
    if value is None:
        return "–"
    return value if isinstance(value, str) else number(value, 4)
