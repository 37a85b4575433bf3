"""What may be argued about in a meeting: who may do what with a project, and how large an enterprise is.

The size classes follow Commission Recommendation 2003/361/EC, annex, articles 2, 3 and 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Protocol, TypeVar

from faur.kernel.actors.actor import Actor, Role

WORKERS = frozenset({Role.LEAD, Role.MEMBER})
STEWARDS = frozenset({Role.LEAD, Role.STEWARD})
PROJECT_ROLES = (Role.LEAD, Role.MEMBER, Role.STEWARD)
FACTORY_ROLES = (Role.OPERATOR, Role.EVALUATOR, Role.AUDITOR)


class Size(StrEnum):
    """Size class of an enterprise; `UNKNOWN` where its figures were not given."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    UNKNOWN = "unknown"

    @property
    def is_sme(self) -> bool:
        return self in {Size.MICRO, Size.SMALL, Size.MEDIUM}


class Identified(Protocol):
    """Whatever has a public identifier."""

    @property
    def uid(self) -> str: ...


class Person(Protocol):
    """Whoever has an account."""

    @property
    def pk(self) -> int: ...


class Held(Protocol):
    """Whatever belongs to one person."""

    @property
    def user_id(self) -> int: ...


# A rule is generic in the thing that it is asked about, so that the verb keeps the thing's own type.
Thing = TypeVar("Thing")
Known = TypeVar("Known", bound=Identified)
Somebody = TypeVar("Somebody", bound=Person)
Owned = TypeVar("Owned", bound=Held)


@dataclass(frozen=True, slots=True)
class Figures:
    """One closed year of an enterprise: annual work units (article 5), turnover and balance sheet total in EUR."""

    staff: Fraction = Fraction(0)
    turnover: Fraction = Fraction(0)
    balance_sheet: Fraction = Fraction(0)

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.staff + other.staff, self.turnover + other.turnover, self.balance_sheet + other.balance_sheet
        )

    def times(self, part: Fraction) -> "Figures":
        return Figures(self.staff * part, self.turnover * part, self.balance_sheet * part)


@dataclass(frozen=True, slots=True)
class Holding:
    """A tie to another enterprise: the greater of the shares in capital and in votes, in percent, either way."""

    name: str
    percent: Fraction
    figures: Figures


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Article 2: fewer than `staff`, and at most `turnover` or at most `balance_sheet` (EUR)."""

    size: Size
    staff: int
    turnover: int
    balance_sheet: int
    article: str

    def holds(self, figures: Figures) -> bool:
        return figures.staff < self.staff and (
            figures.turnover <= self.turnover or figures.balance_sheet <= self.balance_sheet
        )


CEILINGS = (
    Ceiling(Size.MICRO, 10, 2_000_000, 2_000_000, "2(3)"),
    Ceiling(Size.SMALL, 50, 10_000_000, 10_000_000, "2(2)"),
    Ceiling(Size.MEDIUM, 250, 50_000_000, 43_000_000, "2(1)"),
)


class Ground(StrEnum):
    """Why a size came out as it did; `explanations.py` has the sentences."""

    OWN = "own"
    PARTNER = "partner"
    LINKED = "linked"
    BELOW_A_QUARTER = "below_a_quarter"
    PUBLIC_CONTROL = "public_control"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the calculation, with the article that asks for it and the figures it added or compared."""

    ground: Ground
    article: str
    figures: Figures
    subject: str = ""
    percent: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Sizing:
    """The size, the figures it rests on after all ties were added, and the reasons in the order they were applied."""

    size: Size
    figures: Figures = Figures()
    reasons: tuple[Reason, ...] = field(default=())


def enterprise_size(own: Figures, holdings: Sequence[Holding] = (), *, public_control: bool = False) -> Sizing:
    """Size class under Recommendation 2003/361/EC, annex, articles 2, 3 and 6.

    Partner enterprises (25 % up to and including 50 %) count in proportion to the holding, linked ones (over 50 %)
    in full, smaller holdings not at all. Where public bodies control a quarter or more (article 3(4)) it is no SME.
    """
    counted = tuple(_count(holding) for holding in holdings)
    total = own
    for reason in counted:
        total += reason.figures
    reasons = (Reason(Ground.OWN, "4(1)", own), *counted)
    if public_control:
        return Sizing(Size.LARGE, total, (*reasons, Reason(Ground.PUBLIC_CONTROL, "3(4)", total)))
    for ceiling in CEILINGS:
        if ceiling.holds(total):
            return Sizing(ceiling.size, total, (*reasons, Reason(Ground.WITHIN, ceiling.article, total, ceiling.size)))
    return Sizing(Size.LARGE, total, (*reasons, Reason(Ground.ABOVE, "2(1)", total)))


def _count(holding: Holding) -> Reason:
    """What a tie adds: articles 3(2), 3(3), 6(2) and 6(3)."""
    if holding.percent > 50:
        return Reason(Ground.LINKED, "6(2)", holding.figures, holding.name, holding.percent)
    if holding.percent >= 25:
        part = holding.figures.times(holding.percent / 100)
        return Reason(Ground.PARTNER, "6(2)", part, holding.name, holding.percent)
    return Reason(Ground.BELOW_A_QUARTER, "3(1)", Figures(), holding.name, holding.percent)


def is_open(starts_on: date, ends_on: date, today: date) -> bool:
    """Whether `today` lies in a period; both of its days belong to it."""
    return starts_on <= today <= ends_on


def may_work(actor: Actor, project_uid: str) -> bool:
    """Leads and members walk the road of their project; the factory itself may."""
    return actor.is_system or actor.has_any(WORKERS, project_uid)


def may_steward(actor: Actor, project_uid: str) -> bool:
    """Leads and stewards publish data and approve contracts."""
    return actor.is_system or actor.has_any(STEWARDS, project_uid)


def may_lead(actor: Actor, project_uid: str) -> bool:
    """Leads choose the members of their project; operators step in where a project has lost its lead."""
    return actor.is_system or actor.is_operator or actor.has(Role.LEAD, project_uid)


def may_lead_project(actor: Actor, project: Known) -> bool:
    """`may_lead`, of the project itself."""
    return may_lead(actor, project.uid)


def may_operate(actor: Actor, _thing: Thing) -> bool:
    """Operators run the factory's own things, and the factory itself may."""
    return actor.is_system or actor.is_operator


def may_represent(actor: Actor, _thing: Thing) -> bool:
    """Every person may register the organisation for which they speak."""
    return not actor.is_anonymous and not actor.is_system


def may_be(actor: Actor, person: Somebody) -> bool:
    """People change their own account, and nobody else's."""
    return actor.pk == person.pk and not actor.is_anonymous


def may_hold(actor: Actor, token: Owned) -> bool:
    """A token belongs to the person for whom it speaks."""
    return actor.pk == token.user_id and not actor.is_anonymous
