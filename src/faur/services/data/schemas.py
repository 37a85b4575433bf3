"""What the routes of data take and answer."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from faur.kernel.shapes import Line, Text, Word
from faur.services.data.actions.publish_version import MOST_FILES
from faur.services.data.descriptions import LONGEST_LICENCE, LONGEST_TITLE, Description
from faur.services.data.rules import Purpose

Json = dict[str, Any]  # Any: JSON


class DescriptionIn(Schema):
    title: Line = Field(max_length=LONGEST_TITLE)
    description: Text = Field("", max_length=20_000)
    licence: Line = Field(max_length=LONGEST_LICENCE)
    sheet: Json = Field(default_factory=dict)
    policy: Json = Field(default_factory=dict)

    def told(self) -> Description:
        return Description(self.title, self.description, self.licence, self.sheet, self.policy)


class DatasetIn(DescriptionIn):
    project: Word
    name: str = Field(max_length=80)


class DatasetOut(Schema):
    id: str = Field(alias="uid")
    name: str
    title: str
    description: str
    licence: str
    sheet: Json
    policy: Json
    project: str = Field(alias="project.uid")
    created_at: datetime


class DatasetFileIn(Schema):
    path: str = Field(max_length=500)
    split: str = Field("train", max_length=40)
    receipt: str = Field(max_length=2000)


class DatasetVersionIn(Schema):
    files: list[DatasetFileIn] = Field(min_length=1, max_length=MOST_FILES)
    note: Text = Field("", max_length=500)


class DatasetVersionOut(Schema):
    id: str = Field(alias="uid")
    dataset: str = Field(alias="dataset.uid")
    project: str = Field(alias="dataset.project.uid")
    title: str
    number: int
    state: str
    manifest: str
    refusal_code: str
    refusal: str
    note: str
    created_at: datetime


class WholeDatasetVersion(DatasetVersionOut):
    """With its files and what was found in them; links and values only for those who may read the files."""

    files: list[Json]
    profile: list[Json]

    may_read_files: bool


class ContractIn(Schema):
    version: Word
    project: Word
    purpose: Purpose


class ContractOut(Schema):
    id: str = Field(alias="uid")
    version: str = Field(alias="version.uid")
    version_title: str = Field(alias="version.title")
    project: str = Field(alias="project.uid")
    purpose: str
    state: str = Field(alias="stands")
    policy_digest: str
    ends_on: date | None
    created_at: datetime
    decided_at: datetime | None


class DatasetFilters(Schema):
    project: Word = ""
    search: Line = ""


class ContractFilters(Schema):
    project: Word = ""
    state: Word = ""
