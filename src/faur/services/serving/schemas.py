"""What the routes of serving take and answer."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from faur.kernel.config import config
from faur.kernel.shapes import Line
from faur.services.serving.models import Endpoint


class EndpointIn(Schema):
    """`project`: the version's own, where it is named."""

    model_version: Line
    name: Line
    project: Line = ""


class EndpointOut(Schema):
    id: str = Field(alias="uid")
    name: str
    state: str
    message: str
    project: str = Field(alias="project.uid")
    model: str = Field(alias="model_version.model.uid")
    model_title: str = Field(alias="model_version.model.title")
    model_version: str = Field(alias="model_version.uid")
    manifest: str = Field(alias="model_version.manifest")
    url: str
    created_at: datetime
    stopped_at: datetime | None

    @staticmethod
    def resolve_url(endpoint: Endpoint) -> str:
        return f"{config().url}/v2/models/{endpoint.name}"


class KeyIn(Schema):
    """`days`: how long the key opens its endpoint."""

    name: Annotated[Line, StringConstraints(max_length=100)]
    days: int = 90


class KeyOut(Schema):
    id: str = Field(alias="uid")
    name: str
    prefix: str
    expires_at: datetime
    revoked_at: datetime | None
    created_at: datetime


class KeyIssued(KeyOut):
    """The only answer that holds the secret."""

    secret: str


class Keys(Schema):
    items: list[KeyOut]


class Hour(Schema):
    hour: datetime
    requests: int
    errors: int


class Usage(Schema):
    requests: int
    rows: int
    errors: int
    hours: list[Hour]


class EndpointFilters(Schema):
    project: Line = ""
    state: Line = ""
    search: Line = ""
