"""Filters of the pages of runs: `{% load runs %}`."""

from django import template
from django.utils import formats

from faur.portal.quantities import number

register = template.Library()


@register.filter
def figure(value: float | str | None) -> str:
    """A metric's value: four decimals, three digits of what is smaller, the name of what is no finite number."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if value == 0 or abs(value) >= 0.001:
        return number(value, 4)
    return f"{value:.3g}".replace(".", str(formats.get_format("DECIMAL_SEPARATOR")))
