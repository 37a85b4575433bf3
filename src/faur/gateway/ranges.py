"""Single byte ranges by RFC 9110, section 14. Several ranges at once are answered with the whole, as it allows."""

import re
from dataclasses import dataclass
from http import HTTPStatus

from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid

_NUMBER = re.compile(r"[0-9]{0,18}")


class RangeUnsatisfiable(Invalid):
    """The range asked for lies behind the end of the bytes."""

    code = "range.unsatisfiable"
    status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE

    def __init__(self, size: int) -> None:
        super().__init__(
            _("The range lies outside the %(size)s bytes that there are.") % {"size": size},
            hint=_("Ask for a range within them."),
        )


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes from `start` up to but not including `end`."""

    start: int
    end: int
    partial: bool

    @property
    def length(self) -> int:
        return self.end - self.start


def parse_range(header: str, size: int) -> Span:
    """The span that a Range header asks of `size` bytes; the whole without one, or with one that is not understood.

    Raises:
        RangeUnsatisfiable: it begins after the end.
    """
    kind, _equals, asked = header.partition("=")
    first, dash, last = asked.strip().partition("-")
    understood = kind.strip() == "bytes" and dash and all(map(_NUMBER.fullmatch, (first, last)))
    if not understood or not (first or last):
        return Span(0, size, partial=False)
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
    if first and last and int(last) < int(first):
        return Span(0, size, partial=False)
    if start >= size:
        raise RangeUnsatisfiable(size)
    return Span(start, end, partial=True)
