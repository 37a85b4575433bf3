"""The kinds of values that the API takes: text without control characters, addresses, countries, amounts."""

from datetime import datetime
from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Schema
from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from faur.kernel.actors.models import Token, User
from faur.kernel.shapes import Line
from faur.services.projects.countries import is_country
from faur.services.projects.models import Allocation, Organisation, Pool, Project

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
