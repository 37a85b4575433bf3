"""People, their tokens and their roles."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from faur.kernel.actors.directory import actor_of
from faur.kernel.actors.models import Grant, User
from faur.services.projects.actions.issue_token import DAYS, MOST_DAYS, IssuedToken
from faur.services.projects.queries import NamedRole, roles_of
from faur.services.projects.schemas.fields import Email, Named, Password, RowOut


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
