"""Projects, their members, their trail and the record."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema

from faur.kernel.record import Entry
from faur.services.projects.models import Project
from faur.services.projects.queries import Member
from faur.services.projects.schemas.fields import Email, RowOut
from faur.services.projects.trail import Step


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


class RecordKeyOut(Schema):
    """The key that signs checkpoints and bundles: `id` is what `faur verify --key` takes, `pem` the public key."""

    id: str
    pem: str
