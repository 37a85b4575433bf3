"""Organisations with their holdings and the calculation of their size."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from faur.kernel.shapes import Line
from faur.services.projects.actions.register_organisation import OrganisationFacts, StakeFacts
from faur.services.projects.explanations import explain
from faur.services.projects.models import Kind, Organisation, Stake
from faur.services.projects.schemas.fields import Country, Euros, Named, RowOut, Staff


class StakeIn(Schema):
    """A tie to another enterprise, whichever holds the other; the greater of the shares in capital and in votes."""

    name: Named
    share_percent: Decimal = Field(gt=0, le=100, max_digits=5, decimal_places=2)
    staff: Staff
    turnover_eur: Euros
    balance_sheet_eur: Euros


class OrganisationIn(Schema):
    name: Named
    kind: Kind
    country: Country
    legal_form: Annotated[Line, StringConstraints(max_length=60)] = ""
    vat: Annotated[Line, StringConstraints(max_length=20)] = ""
    registration_number: Annotated[Line, StringConstraints(max_length=40)] = ""
    head_office_in_europe: bool = True
    accounts_on: date | None = None
    staff: Staff | None = None
    turnover_eur: Euros | None = None
    balance_sheet_eur: Euros | None = None
    public_control: bool = False
    stakes: list[StakeIn] = Field([], max_length=100)

    def facts(self) -> OrganisationFacts:
        stakes = tuple(StakeFacts(**stake.dict()) for stake in self.stakes)
        return OrganisationFacts(**{**self.dict(), "kind": self.kind.value, "stakes": stakes})


class SizeLineOut(Schema):
    text: str
    citation: str


class StakeOut(StakeIn):
    @staticmethod
    def resolve_share_percent(stake: Stake) -> Decimal:
        return stake.share_percent


class OrganisationOut(RowOut):
    """`size` by Recommendation 2003/361/EC; `size_reasons` is the calculation, step by step."""

    name: str
    kind: str
    country: str
    legal_form: str
    vat: str
    registration_number: str
    head_office_in_europe: bool
    accounts_on: date | None
    staff: int | None
    turnover_eur: int | None
    balance_sheet_eur: int | None
    autonomous: bool
    public_control: bool
    size: str
    size_reasons: list[SizeLineOut]
    stakes: list[StakeOut]

    @staticmethod
    def resolve_stakes(row: Organisation) -> list[Stake]:
        return list(row.stakes.all())

    @staticmethod
    def resolve_size_reasons(row: Organisation) -> list[SizeLineOut]:
        return [SizeLineOut(text=line.text, citation=line.citation) for line in explain(row.sizing())]
