"""What the routes of the registry take and answer."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from faur.kernel.shapes import Line, Text
from faur.services.models import queries
from faur.services.models.actions.register_model import Naming
from faur.services.models.gate import Grounds
from faur.services.models.models import Model, ModelVersion


class ModelIn(Schema):
    """`project`: the run's own, where it is named. A title or purpose left empty stays as it was."""

    run: Line
    name: Line
    title: Line = ""
    intended_purpose: Text = Field("", max_length=5000)
    project: Line = ""

    def naming(self) -> Naming:
        return Naming(self.name, self.title, self.intended_purpose)


class FileOut(Schema):
    """`size` in bytes; `link` opens the bytes for an hour."""

    path: str
    digest: str
    size: int
    media_type: str
    link: str


class VersionInBrief(Schema):
    """A version without what may be large."""

    id: str = Field(alias="uid")
    model: str = Field(alias="model.uid")
    title: str
    number: int
    project: str = Field(alias="model.project.uid")
    run: str = Field(alias="run.uid")
    state: str
    manifest: str
    format: str
    refusal_code: str
    refusal: str
    created_at: datetime


class VersionOut(VersionInBrief):
    signature: dict[str, Any]  # Any: what model.json says
    files: list[FileOut]

    @staticmethod
    def resolve_files(version: ModelVersion) -> list[queries.LinkedFile]:
        return queries.linked_files(version)


class ModelOut(Schema):
    id: str = Field(alias="uid")
    name: str
    title: str
    intended_purpose: str
    project: str = Field(alias="project.uid")
    created_at: datetime


class ModelWithVersions(ModelOut):
    """`versions`: the newest 200, each without signature and files."""

    versions: list[VersionInBrief]

    @staticmethod
    def resolve_versions(model: Model) -> list[ModelVersion]:
        return queries.versions_of(model)


class GapOut(Schema):
    """What is missing: the code with which promotion would be refused, and what to do about it."""

    code: str
    message: str
    hint: str


class GateOut(Schema):
    """What stands between a version and its promotion: nothing, when `gaps` is empty; in words in `missing`.

    `grounds`: the entries of the record that were looked at.
    """

    gaps: list[str]
    missing: list[GapOut]
    grounds: dict[str, str]

    @classmethod
    def of(cls, grounds: Grounds) -> "GateOut":
        missing = [GapOut(code=one.code, message=one.message, hint=one.hint) for one in grounds.refusals()]
        return cls(gaps=list(grounds.gaps), missing=missing, grounds=grounds.places())


class Reason(Schema):
    reason: Text = Field(max_length=2000)


class Filters(Schema):
    project: Line = ""
    search: Line = ""
