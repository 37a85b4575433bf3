"""What the API of projects takes and answers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Schema
from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from faur.kernel.actors.directory import actor_of
from faur.kernel.actors.models import Grant, Token, User
from faur.kernel.ledger.models import LARGEST_AMOUNT, Posting
from faur.kernel.record import Entry
from faur.kernel.units import Unit
from faur.services.projects.actions.issue_token import DAYS, MOST_DAYS, IssuedToken
from faur.services.projects.actions.register_organisation import OrganisationFacts, StakeFacts
from faur.services.projects.countries import is_country
from faur.services.projects.explanations import explain
from faur.services.projects.models import Allocation, Kind, Organisation, Pool, Project, Stake
from faur.services.projects.queries import Member, NamedRole, roles_of
from faur.services.projects.trail import Step

NO_CONTROLS = r"^[^\x00-\x1f\x7f]*$"
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=NO_CONTROLS)]
Named = Annotated[Line, StringConstraints(min_length=1)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Euros = Annotated[int, Field(ge=0, le=10**14)]
Staff = Annotated[int, Field(ge=0, le=10**8)]


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise PydanticCustomError("email", "this is not an e-mail address") from error
    return text


def _country(code: str) -> str:
    if not is_country(code):
        raise PydanticCustomError("country", "no country has this code (ISO 3166-1, two capital letters)")
    return code


Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_email)]
Country = Annotated[str, StringConstraints(max_length=2), AfterValidator(_country)]


class RowOut(Schema):
    """What every answer about a row begins with."""

    id: str
    created_at: datetime

    @staticmethod
    def resolve_id(row: Organisation | Project | Pool | Allocation | User | Token) -> str:
        return row.uid


class PersonIn(Schema):
    email: Email
    name: Named
    password: Password
    language: Literal["en", "ro", "bg"] = "en"


class PersonOut(RowOut):
    email: str
    name: str
    language: str


class RoleOut(Schema):
    """A role; `title` names the project or organisation in which it holds, and is empty for the factory."""

    role: str
    scope: str
    title: str = ""


class MeOut(PersonOut):
    """Who asks, and all their roles."""

    roles: list[RoleOut]

    @staticmethod
    def resolve_roles(user: User) -> list[NamedRole]:
        return roles_of(actor_of(user))


class AppointmentIn(Schema):
    email: Email
    role: str


class AppointmentOut(Schema):
    """A role in the factory and who has it."""

    person: str
    name: str
    email: str
    role: str
    created_at: datetime

    @staticmethod
    def resolve_person(grant: Grant) -> str:
        return grant.user.uid

    @staticmethod
    def resolve_name(grant: Grant) -> str:
        return grant.user.name

    @staticmethod
    def resolve_email(grant: Grant) -> str:
        return grant.user.email


class CredentialsIn(Schema):
    """`email` and `password` where no token or session comes along."""

    email: Email | None = None
    password: Password | None = None
    name: Annotated[Named, StringConstraints(max_length=100)]
    days: int = Field(DAYS, ge=1, le=MOST_DAYS)

    @model_validator(mode="after")
    def _both_or_none(self) -> "CredentialsIn":
        if (self.email is None) != (self.password is None):
            raise PydanticCustomError("credentials", "an e-mail address and a password come together")
        return self


class TokenOut(RowOut):
    name: str
    prefix: str
    expires_at: datetime | None
    revoked_at: datetime | None


class IssuedTokenOut(Schema):
    """`token` is the secret; it is shown in this answer and never again."""

    id: str
    created_at: datetime
    name: str
    prefix: str
    token: str
    expires_at: datetime | None

    @classmethod
    def of(cls, issued: IssuedToken) -> "IssuedTokenOut":
        kept = issued.token
        shown = {name: getattr(kept, name) for name in ("created_at", "name", "prefix", "expires_at")}
        return cls(id=kept.uid, token=issued.secret, **shown)


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


class PoolIn(Schema):
    title: Named
    cluster: Annotated[Named, StringConstraints(max_length=32)]
    unit: Unit
    capacity: int = Field(ge=1, le=LARGEST_AMOUNT)
    starts_on: date
    ends_on: date


class PoolOut(RowOut):
    """`capacity` and `free` in `unit`."""

    title: str
    cluster: str
    unit: str
    capacity: int
    free: int
    starts_on: date
    ends_on: date

    @staticmethod
    def resolve_free(row: Pool) -> int:
        return row.account.free


class ProjectOut(RowOut):
    title: str
    summary: str
    organisation: str
    organisation_name: str
    starts_on: date
    ends_on: date
    state: str

    @staticmethod
    def resolve_organisation(row: Project) -> str:
        return row.organisation.uid

    @staticmethod
    def resolve_organisation_name(row: Project) -> str:
        return row.organisation.name


class MemberIn(Schema):
    email: Email
    role: Literal["lead", "member", "steward"]


class MemberOut(Schema):
    """A person and their roles in the project."""

    id: str
    name: str
    email: str
    roles: list[str]
    since: datetime

    @staticmethod
    def resolve_id(member: Member) -> str:
        return member.user.uid

    @staticmethod
    def resolve_name(member: Member) -> str:
        return member.user.name

    @staticmethod
    def resolve_email(member: Member) -> str:
        return member.user.email


class NextActionOut(Schema):
    title: str
    url: str


class StepOut(Schema):
    """A station of the road; `entry` names its entry in the record, `page` its page in the portal."""

    key: str
    title: str
    state: str
    at: datetime | None
    strength: str
    page: str
    entry: str | None
    next_action: NextActionOut | None

    @staticmethod
    def resolve_entry(step: Step) -> str | None:
        return f"{step.entry[0]}#{step.entry[1]}" if step.entry else None

    @staticmethod
    def resolve_next_action(step: Step) -> NextActionOut | None:
        return NextActionOut(title=step.next_action[0], url=step.next_action[1]) if step.next_action else None


class TrailOut(Schema):
    steps: list[StepOut]


class EntryOut(Schema):
    """An entry of the record. `hash` is the SHA-256 of its canonical bytes, `prev` that of the entry before it."""

    entry: str
    chain: str
    seq: int
    hash: str
    prev: str
    at: datetime
    actor: str
    verb: str
    subjects: list[dict[str, str]]
    claims: dict[str, object]
    strength: str

    @staticmethod
    def resolve_entry(row: Entry) -> str:
        return f"{row.chain}#{row.seq}"

    @staticmethod
    def resolve_actor(row: Entry) -> str:
        return row.actor_uid


class AllocationOut(RowOut):
    """All amounts in `unit`: `balance` is what was not charged yet, `free` what of it is not held, `used` the rest."""

    project: str
    project_title: str
    pool: str
    pool_title: str
    unit: str
    amount: int
    balance: int
    held: int
    free: int
    used: int
    starts_on: date
    ends_on: date

    @staticmethod
    def resolve_project(row: Allocation) -> str:
        return row.project.uid

    @staticmethod
    def resolve_project_title(row: Allocation) -> str:
        return row.project.title

    @staticmethod
    def resolve_pool(row: Allocation) -> str:
        return row.pool.uid

    @staticmethod
    def resolve_pool_title(row: Allocation) -> str:
        return row.pool.title

    @staticmethod
    def resolve_balance(row: Allocation) -> int:
        return row.account.balance

    @staticmethod
    def resolve_held(row: Allocation) -> int:
        return row.account.held

    @staticmethod
    def resolve_free(row: Allocation) -> int:
        return row.account.free

    @staticmethod
    def resolve_used(row: Allocation) -> int:
        return row.spent.balance


class PostingOut(Schema):
    """One side of a transfer: `amount` was added (or, negative, taken), `balance` is what that left."""

    id: str
    at: datetime
    amount: int
    balance: int
    other: str
    memo: str
    shortfall: int

    @staticmethod
    def resolve_id(row: Posting) -> str:
        return row.transfer.uid

    @staticmethod
    def resolve_at(row: Posting) -> datetime:
        return row.transfer.created_at

    @staticmethod
    def resolve_other(row: Posting) -> str:
        return row.other.owner

    @staticmethod
    def resolve_memo(row: Posting) -> str:
        return row.transfer.memo

    @staticmethod
    def resolve_shortfall(row: Posting) -> int:
        return row.transfer.shortfall
