"""What the routes of the front office take and answer."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import AwareDatetime, Field

from faur.kernel.shapes import Line, Text, Word
from faur.services.access.models import Application, Assessment
from faur.services.access.wishes import LARGEST, MOST_MONTHS, Wish

Json = dict[str, Any]  # Any: JSON


class ModeOut(Schema):
    id: str
    title: str
    summary: str
    source: str
    promised_working_days: int
    selection: str
    steps: list[str]
    months: list[int] = Field(alias="terms.months")
    unit: str = Field(alias="terms.unit")
    max_amount: int | None = Field(alias="terms.max_amount")
    form: Json


class Modes(Schema):
    items: list[ModeOut]


class CallIn(Schema):
    title: Line
    mode: Word
    summary: Text = Field("", max_length=5000)
    terms: Text = Field("", max_length=50_000)
    pool: Word
    opens_at: AwareDatetime
    closes_at: AwareDatetime
    max_amount: int | None = Field(None, ge=1, le=LARGEST)


class CallOut(Schema):
    id: str = Field(alias="uid")
    title: str
    mode: str = Field(alias="mode_id")
    mode_title: str = Field(alias="mode.title")
    summary: str
    terms: str
    terms_digest: str
    pool: str = Field(alias="pool.uid")
    unit: str = Field(alias="pool.unit")
    opens_at: datetime
    closes_at: datetime
    max_amount: int | None
    state: str
    takes_applications: bool
    created_at: datetime


class WholeCall(CallOut):
    form: Json = Field(alias="mode.form")


class WishIn(Schema):
    title: Line
    amount: int = Field(ge=1, le=LARGEST)
    months: int = Field(ge=1, le=MOST_MONTHS)
    answers: Json = Field(default_factory=dict)

    def wish(self) -> Wish:
        return Wish(self.title, self.amount, self.months, self.answers)


class ApplicationIn(WishIn):
    call: Word
    organisation: Word


class ApplicationOut(Schema):
    id: str = Field(alias="uid")
    call: str = Field(alias="call.uid")
    call_title: str = Field(alias="call.title")
    organisation: str = Field(alias="organisation.uid")
    organisation_name: str = Field(alias="organisation.name")
    title: str
    amount: int
    unit: str = Field(alias="call.pool.unit")
    months: int
    answers: Json
    state: str
    place: int | None
    submitted_at: datetime | None
    decline_reason: str
    project: str | None
    created_at: datetime

    @staticmethod
    def resolve_project(application: Application) -> str | None:
        made = getattr(application, "award", None)
        return made.project.uid if made else None


class EligibilityAnswer(Schema):
    rule: str
    title: str
    answer: str
    reason: str
    code: str
    citation: str


class Eligibility(Schema):
    """What the rules say: as handed in, or as it would be now for a draft."""

    verdict: str
    answers: list[EligibilityAnswer]


class AssessmentIn(Schema):
    verdict: Assessment.Result
    comment: Text = Field(max_length=10_000)


class AwardIn(Schema):
    amount: int | None = Field(None, ge=1, le=LARGEST)


class AwardOut(Schema):
    award: str = Field(alias="uid")
    application: str = Field(alias="application.uid")
    project: str = Field(alias="project.uid")
    allocation: str = Field(alias="allocation.uid")
    amount: int


class DeclineIn(Schema):
    reason: Text = Field(max_length=10_000)


class CallFilters(Schema):
    state: Word = ""
    search: Line = ""


class ApplicationFilters(CallFilters):
    call: Word = ""
