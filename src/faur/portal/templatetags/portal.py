"""Filters and tags of the portal: `{% load portal %}`. Components use them; pages seldom need to."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django import template
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from faur.kernel import clock
from faur.portal import charts, codes, moments, states
from faur.portal.quantities import Quantity, number, say_quantity

register = template.Library()


@register.filter
def tone(state: str) -> str:
    """The tone of a state, as a style sheet names it."""
    return states.state_word(str(state)).tone.value


@register.filter
def word(state: str) -> str:
    """A state in the language of the page."""
    return str(states.state_word(str(state)).text)


@register.filter
def strength(of: str) -> str:
    """How well it is known: observed, reported or declared."""
    return states.strength_word(str(of))


@register.filter
def meaning(of: str) -> str:
    """What a strength means, in a sentence."""
    return states.strength_meaning(str(of))


@register.filter
def sentence(code: str) -> str:
    """What a refusal's code means; empty for one that the factory does not know."""
    return codes.code_sentence(str(code))


@register.filter
def relative(at: datetime) -> str:
    """How long ago, or in how long."""
    return moments.say_relative(at, clock.now())


@register.filter
def absolute(at: datetime) -> str:
    """The exact moment, with its zone."""
    return moments.say_absolute(at)


@register.filter
def short(digest: str) -> str:
    """The first twelve characters of a digest without its algorithm: enough to tell it from any other by eye."""
    return str(digest).rpartition(":")[2][:12]


@register.filter
def grouped(value: float) -> str:
    """A number with the language's separators."""
    return number(value, 4)


@register.filter
def share(part: float, whole: float) -> str:
    """A part of a whole in per cent, rounded down: a hundred is said only when all is done."""
    return f"{math.floor(100 * float(part or 0) / float(whole))}\xa0%"


@register.filter(is_safe=True)
def trimmed(text: str) -> str:
    """Text without the space around it that a template's lines leave; markup stays markup."""
    bare = text.strip()
    return mark_safe(bare) if isinstance(text, SafeString) else bare  # noqa: S308 - it was safe before


@register.filter
def html_attributes(attrs: object) -> str:
    """The attributes that a component does not know, passed through and escaped."""
    left: Mapping[str, object] = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else {}
    return flatatt({name: value for name, value in left.items() if value not in (None, False, "")})


@register.filter
def parameter(request: HttpRequest | None, name: str) -> str:
    """A value of the address's query, so that a filter shows what it filters by."""
    return request.GET.get(name, "") if request else ""


@register.simple_tag
def quantity(amount: int, unit: str, like: int | str = "") -> Quantity:
    """An amount in words; `like` is an amount whose size it shall be said in."""
    return say_quantity(int(amount), unit, like=int(like) if like != "" else None)


@register.simple_tag
def free_of(used: int, held: int, total: int, unit: str) -> Quantity:
    """What is left of a total, said in its size."""
    return say_quantity(int(total) - int(used) - int(held or 0), unit, like=int(total))


@register.simple_tag
def quota_bar(title: str, used: int, held: int, total: int) -> SafeString:
    """How full, as a drawing."""
    return charts.quota_bar(title, int(used), int(held or 0), int(total))


@register.simple_tag
def spark(title: str, values: list[float]) -> SafeString:
    """Which way it goes, as a drawing."""
    return charts.sparkline(title, values)


@dataclass(frozen=True, slots=True)
class Sorting:
    """Where a column's heading leads, and how the rows stand now: `ascending`, `descending` or not by this column."""

    url: str
    direction: str


@register.simple_tag(takes_context=True)
def sorting(context: Context, key: str) -> Sorting:
    """The first click sorts upwards, the next one downwards; sorting anew begins at the first page."""
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is None:
        return Sorting(f"?sort={key}", "")
    current = query.get("sort", "")
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    query["sort"] = f"-{key}" if direction == "ascending" else key
    query.pop("page", None)
    return Sorting(f"?{query.urlencode()}", direction)


class CaptureNode(template.Node):
    """Renders what it holds into a variable: a page's title stands in the head and above the page, written once."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> SafeString:
        context[self.name] = trimmed(self.nodelist.render(context))
        return SafeString()


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """`{% capture name %}…{% endcapture %}`"""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, name)
