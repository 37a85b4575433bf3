"""What was found in the columns of a file, in words that fit a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faur.portal.quantities import number
from faur.services.data.wording import TYPES

MOST_COLUMNS = 100
MOST_VALUES = 6
Json = Mapping[str, Any]  # Any: JSON


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `odd` says what a program may stumble over: NaN and infinite values."""

    name: str
    type: str
    missing: int
    share: str
    odd: str
    range: str
    values: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One file of a version; `more` columns are left out of `columns`."""

    path: str
    split: str
    rows: int
    columns: tuple[Column, ...]
    more: int


def profile_of(found: Json) -> Profile:
    """The profile of one file in the reader's language."""
    rows, columns = int(found.get("rows") or 0), list(found.get("columns", []))
    told = tuple(_column(column, rows) for column in columns[:MOST_COLUMNS])
    return Profile(str(found["path"]), str(found["split"]), rows, told, max(0, len(columns) - MOST_COLUMNS))


def _column(found: Json, rows: int) -> Column:
    missing = int(found.get("missing") or 0)
    share = f"{number(100 * missing / rows, 1)}\xa0%" if rows and missing else ""
    kind = str(found.get("type", "other"))
    return Column(
        name=str(found["name"]),
        type=str(TYPES.get(kind, kind)),
        missing=missing,
        share=share,
        odd=_odd(found),
        range=_range(found),
        values=_values(found),
    )


def _odd(found: Json) -> str:
    nan, infinite = int(found.get("not_a_number") or 0), int(found.get("infinite") or 0)
    said = [_("%(n)s not a number") % {"n": number(nan)}] if nan else []
    return ", ".join(said + ([_("%(n)s infinite") % {"n": number(infinite)}] if infinite else []))


def _range(found: Json) -> str:
    low, high = found.get("minimum"), found.get("maximum")
    return (
        "" if low is None or high is None else _("%(low)s to %(high)s") % {"low": _figure(low), "high": _figure(high)}
    )


def _values(found: Json) -> str:
    """The values with their counts where they are words; how many there are where they are numbers."""
    if "distinct" not in found:
        return ""
    if found["distinct"] is None:
        return _("many")
    if found.get("type") in {"integer", "number"}:
        count = int(found["distinct"])
        return ngettext("%(n)s value", "%(n)s values", count) % {"n": number(count)}
    listed = list(found.get("values", []))
    said = ", ".join(f"{_figure(one['value'])} ({number(one['count'])})" for one in listed[:MOST_VALUES])
    return (
        said
        if len(listed) <= MOST_VALUES
        else _("%(some)s and %(n)s more")
        % {
            "some": said,
            "n": number(len(listed) - MOST_VALUES),
        }
    )


def _figure(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return number(value)
    if isinstance(value, float):
        return number(value, 4) if 1e-3 <= abs(value) < 1e9 or value == 0 else f"{value:.4g}"
    return str(value)
