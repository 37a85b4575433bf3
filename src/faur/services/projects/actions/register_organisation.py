"""A person registers the organisation for which they speak, and its size follows from its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor, Factory, Role
from faur.kernel.actors.directory import grant
from faur.kernel.actors.models import User
from faur.kernel.record import Statement, sealed
from faur.services.projects import rules
from faur.services.projects.errors import FiguresMissing, KindContradicted
from faur.services.projects.models import ENTERPRISES, Kind, Organisation, Stake


@dataclass(frozen=True, slots=True)
class StakeFacts:
    """A tie to another enterprise: the share in percent, and that enterprise's own figures (EUR)."""

    name: str
    share_percent: Decimal
    staff: int
    turnover_eur: int
    balance_sheet_eur: int


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What an organisation says of itself. Figures of the year closed on `accounts_on`, in work units and EUR."""

    name: str
    kind: str
    country: str
    legal_form: str = ""
    vat: str = ""
    registration_number: str = ""
    head_office_in_europe: bool = True
    accounts_on: date | None = None
    staff: int | None = None
    turnover_eur: int | None = None
    balance_sheet_eur: int | None = None
    public_control: bool = False
    stakes: tuple[StakeFacts, ...] = ()


@action("projects.register_organisation", may=rules.may_represent)
def register_organisation(actor: Actor, factory: Factory, facts: OrganisationFacts) -> Statement[Organisation]:
    """Register an organisation; the actor speaks for it from now on. Its name enters the record as a sealed digest.

    Raises:
        FiguresMissing: an enterprise without the figures from which its size follows.
        KindContradicted: registered as an SME, but large by its figures.
    """
    organisation, stakes = draft(facts)
    organisation.save()
    Stake.objects.bulk_create(stakes)
    grant(User.objects.get(pk=actor.pk), Role.REPRESENTATIVE, organisation.uid)
    return Statement(
        subjects=[organisation],
        claims={
            "name_digest": sealed(organisation.name, bytes.fromhex(organisation.name_salt)),
            "kind": organisation.kind,
            "country": organisation.country,
            "size": organisation.size,
        },
        result=organisation,
    )


def draft(facts: OrganisationFacts) -> tuple[Organisation, list[Stake]]:
    """The organisation as it would be saved, size included, and its ties; nothing is written.

    Raises FiguresMissing and KindContradicted as registering does.
    """
    organisation = Organisation(**{name: getattr(facts, name) for name in _COLUMNS})
    stakes = [Stake(organisation=organisation, **_columns(stake)) for stake in facts.stakes]
    organisation.autonomous = all(stake.share_percent < 25 for stake in facts.stakes)
    if organisation.kind in ENTERPRISES:
        _check_figures(organisation)
    organisation.size = organisation.sizing(stakes).size
    if organisation.kind == Kind.SME and not rules.Size(organisation.size).is_sme:
        raise KindContradicted
    return organisation, stakes


_COLUMNS = tuple(name for name in OrganisationFacts.__slots__ if name != "stakes")
_FIGURES: Sequence[str] = ("staff", "turnover_eur", "balance_sheet_eur")


def _columns(stake: StakeFacts) -> dict[str, object]:
    return {name: getattr(stake, name) for name in StakeFacts.__slots__}


def _check_figures(organisation: Organisation) -> None:
    if missing := [name for name in _FIGURES if getattr(organisation, name) is None]:
        raise FiguresMissing(missing)
