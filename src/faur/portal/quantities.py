"""Exact whole numbers of a unit, said in the size that a person thinks in: 44,640 core-seconds are 12.4 core hours."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faur.kernel.units import GIB, HOUR, KIB, MIB, Unit

MINUTE = 60
DAY = 24 * HOUR
TIB = 1024 * GIB


@dataclass(frozen=True, slots=True)
class Quantity:
    """`text` is the readable size with its unit, `exact` the whole number that the ledger holds with its unit."""

    text: str
    exact: str


def say_quantity(amount: int, unit: str, *, like: int | None = None) -> Quantity:
    """An amount of `unit` in words of the present language.

    Units: `core-seconds`, `gpu-seconds`, `bytes`, `seconds` (a duration), `tokens`, `rows`; another one is written as
    it is spelt. `like` is an amount beside which this one stands (a total): both are then said in the same size.
    """
    speaker = _SPEAKERS.get(unit)
    if speaker is None:
        text = f"{number(amount)} {unit}"
        return Quantity(text, text)
    return speaker(amount, amount if like is None else like)


def number(value: float, places: int = 0) -> str:
    """A number with the language's separators and at most `places` decimals; a trailing zero is not written."""
    rounded = round(value, places)
    places = len(f"{rounded:.{places}f}".rstrip("0").partition(".")[2]) if places else 0
    return formats.number_format(f"{rounded:.{places}f}", places, use_l10n=True, force_grouping=True)


def _places(value: float) -> int:
    size = abs(value)
    return 2 if size < 10 else 1 if size < 1000 else 0


def _form(value: float, places: int) -> int:
    """The number that picks the plural form: in all three languages a fraction takes the form of two."""
    rounded = round(value, places)
    return int(rounded) if rounded == int(rounded) else 2


def _core_seconds(amount: int, like: int) -> Quantity:
    exact = ngettext("%(n)s core-second", "%(n)s core-seconds", amount) % {"n": number(amount)}
    if abs(like) < MINUTE:
        return Quantity(exact, exact)
    if abs(like) < HOUR:
        value = amount / MINUTE
        form = _form(value, _places(value))
        return Quantity(ngettext("%(n)s core minute", "%(n)s core minutes", form) % _said(value), exact)
    value = amount / HOUR
    form = _form(value, _places(value))
    return Quantity(ngettext("%(n)s core hour", "%(n)s core hours", form) % _said(value), exact)


def _gpu_seconds(amount: int, like: int) -> Quantity:
    exact = ngettext("%(n)s GPU-second", "%(n)s GPU-seconds", amount) % {"n": number(amount)}
    if abs(like) < MINUTE:
        return Quantity(exact, exact)
    if abs(like) < HOUR:
        value = amount / MINUTE
        form = _form(value, _places(value))
        return Quantity(ngettext("%(n)s GPU minute", "%(n)s GPU minutes", form) % _said(value), exact)
    value = amount / HOUR
    form = _form(value, _places(value))
    return Quantity(ngettext("%(n)s GPU hour", "%(n)s GPU hours", form) % _said(value), exact)


def _said(value: float) -> dict[str, str]:
    return {"n": number(value, _places(value))}


def _bytes(amount: int, like: int) -> Quantity:
    exact = ngettext("%(n)s byte", "%(n)s bytes", amount) % {"n": number(amount)}
    for size, name in ((TIB, "TiB"), (GIB, "GiB"), (MIB, "MiB"), (KIB, "KiB")):
        if abs(like) >= size:
            value = amount / size
            return Quantity(f"{number(value, _places(value))}\xa0{name}", exact)
    return Quantity(exact, exact)


def _seconds(amount: int, like: int) -> Quantity:
    exact = ngettext("%(n)s second", "%(n)s seconds", amount) % {"n": number(amount)}
    days, hours, minutes = amount // DAY, amount % DAY // HOUR, amount % HOUR // MINUTE
    if days:
        text = _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    elif hours:
        text = _("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": minutes}
    elif minutes:
        text = _("%(minutes)d min %(seconds)02d s") % {"minutes": minutes, "seconds": amount % MINUTE}
    else:
        text = _("%(seconds)d s") % {"seconds": amount}
    return Quantity(text, exact)


def _tokens(amount: int, like: int) -> Quantity:
    exact = ngettext("%(n)s token", "%(n)s tokens", amount) % {"n": number(amount)}
    if abs(like) < 1_000_000:
        return Quantity(exact, exact)
    return Quantity(_("%(n)s million tokens") % _said(amount / 1_000_000), exact)


def _rows(amount: int, like: int) -> Quantity:
    exact = ngettext("%(n)s row", "%(n)s rows", amount) % {"n": number(amount)}
    return Quantity(exact, exact)


_SPEAKERS: dict[str, Callable[[int, int], Quantity]] = {
    Unit.CORE_SECONDS: _core_seconds,
    Unit.GPU_SECONDS: _gpu_seconds,
    "bytes": _bytes,
    "seconds": _seconds,
    "tokens": _tokens,
    "rows": _rows,
}
