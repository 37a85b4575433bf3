"""The calculation of an enterprise's size in sentences that its book-keeper can check."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faur.portal.quantities import number
from faur.services.projects.rules import CEILINGS, Ceiling, Ground, Reason, Size, Sizing

SIZES: dict[str, Promise] = {
    Size.MICRO: gettext_lazy("micro enterprise"),
    Size.SMALL: gettext_lazy("small enterprise"),
    Size.MEDIUM: gettext_lazy("medium-sized enterprise"),
    Size.LARGE: gettext_lazy("large enterprise"),
    Size.UNKNOWN: gettext_lazy("size not known"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the calculation: a sentence, and where the rule stands."""

    text: str
    citation: str


def size_word(size: str) -> str:
    """The size class in words."""
    return str(SIZES.get(size, size))


def explain(sizing: Sizing) -> list[Line]:
    """The calculation, one sentence a step, and a last one on what it does not look at; nothing without figures."""
    lines = [Line(_SENTENCES[reason.ground](reason), _citation(reason.article)) for reason in sizing.reasons]
    if lines:
        text = _("A ceiling counts as crossed only after two closed years in a row; one year is looked at here.")
        lines.append(Line(text, _citation("4(2)")))
    return lines


def _citation(article: str) -> str:
    return _("Recommendation 2003/361/EC, annex, art. %(article)s") % {"article": article}


def _own(reason: Reason) -> str:
    return _("Its own figures: %(figures)s.") % {"figures": _figures(reason)}


def _partner(reason: Reason) -> str:
    return _("%(name)s is a partner enterprise (%(percent)s %%) and counts in that proportion: %(figures)s.") % {
        "name": reason.subject,
        "percent": _number(reason.percent),
        "figures": _figures(reason),
    }


def _linked(reason: Reason) -> str:
    return _("%(name)s is a linked enterprise (%(percent)s %%) and counts in full: %(figures)s.") % {
        "name": reason.subject,
        "percent": _number(reason.percent),
        "figures": _figures(reason),
    }


def _below(reason: Reason) -> str:
    return _("%(name)s (%(percent)s %%) stays below a quarter and does not count.") % {
        "name": reason.subject,
        "percent": _number(reason.percent),
    }


def _public(_reason: Reason) -> str:
    return _("Public bodies control a quarter or more: it is no SME, whatever its figures.")


def _within(reason: Reason) -> str:
    ceiling = next(ceiling for ceiling in CEILINGS if ceiling.size == reason.subject)
    return _("In all %(figures)s: a %(size)s has %(ceiling)s.") % {
        "figures": _figures(reason),
        "size": size_word(ceiling.size),
        "ceiling": _ceiling(ceiling),
    }


def _above(reason: Reason) -> str:
    return _("In all %(figures)s: more than an SME may have, which is %(ceiling)s.") % {
        "figures": _figures(reason),
        "ceiling": _ceiling(CEILINGS[-1]),
    }


_SENTENCES = {
    Ground.OWN: _own,
    Ground.PARTNER: _partner,
    Ground.LINKED: _linked,
    Ground.BELOW_A_QUARTER: _below,
    Ground.PUBLIC_CONTROL: _public,
    Ground.WITHIN: _within,
    Ground.ABOVE: _above,
}


def _figures(reason: Reason) -> str:
    return _("%(staff)s staff, turnover EUR %(turnover)s, balance sheet total EUR %(balance)s") % {
        "staff": _number(reason.figures.staff),
        "turnover": _number(reason.figures.turnover),
        "balance": _number(reason.figures.balance_sheet),
    }


def _ceiling(ceiling: Ceiling) -> str:
    return _(
        "fewer than %(staff)s staff, and a turnover of at most EUR %(turnover)s"
        " or a balance sheet total of at most EUR %(balance)s"
    ) % {
        "staff": _number(Fraction(ceiling.staff)),
        "turnover": _number(Fraction(ceiling.turnover)),
        "balance": _number(Fraction(ceiling.balance_sheet)),
    }


def _number(value: Fraction) -> str:
    return number(float(value), 2)
