"""The REST routes of the front office."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema, Status
from pydantic import AwareDatetime, Field

from faur.kernel import clock
from faur.kernel.actors.actor import ANONYMOUS
from faur.kernel.api import Page, Paging, Request, answers, page_of
from faur.kernel.api import router as make_router
from faur.services.access import queries
from faur.services.access.actions.decide_application import assess_application, award, decline
from faur.services.access.actions.open_call import Invitation, close_call, open_call
from faur.services.access.actions.submit_application import submit_application, withdraw_application
from faur.services.access.actions.write_application import Wish, save_answers, start_application
from faur.services.access.models import Application, Assessment, Award, Call
from faur.services.access.modes import Mode, modes
from faur.services.projects.public import organisation_for, pool_for

router = make_router("access")
CREATED = HTTPStatus.CREATED
LARGEST = 2**53 - 1
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
    max_amount: int | None = Field(alias="terms.max_amount")
    form: Json


class Modes(Schema):
    items: list[ModeOut]


class CallIn(Schema):
    title: str = Field(max_length=200)
    mode: str = Field(max_length=40)
    summary: str = Field("", max_length=5000)
    terms: str = Field("", max_length=50_000)
    pool: str
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
    title: str = Field(max_length=200)
    amount: int = Field(ge=1, le=LARGEST)
    months: int = Field(ge=1, le=36)
    answers: Json = Field(default_factory=dict)

    def wish(self) -> Wish:
        return Wish(self.title, self.amount, self.months, self.answers)


class ApplicationIn(WishIn):
    call: str
    organisation: str


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
    comment: str = Field(max_length=10_000)


class AwardIn(Schema):
    amount: int | None = Field(None, ge=1, le=LARGEST)


class AwardOut(Schema):
    award: str = Field(alias="uid")
    application: str = Field(alias="application.uid")
    project: str = Field(alias="project.uid")
    allocation: str = Field(alias="allocation.uid")
    amount: int


class Reason(Schema):
    reason: str = Field(max_length=10_000)


class CallFilters(Schema):
    state: str = ""
    search: str = ""


class ApplicationFilters(CallFilters):
    call: str = ""


@router.get("/modes", auth=None, response=answers(Modes), operation_id="list_modes")
def list_modes(request: HttpRequest) -> dict[str, list[Mode]]:
    return {"items": list(modes().values())}


@router.post("/calls", response=answers(CallOut, CREATED), operation_id="open_call")
def open_(request: Request, body: CallIn) -> Status[Call]:
    pool = pool_for(request.actor, body.pool)
    told = Invitation(**body.dict(exclude={"pool"}))
    return Status(CREATED, open_call(request.actor, pool, invitation=told))


@router.get("/calls", auth=None, response=answers(Page[CallOut]), operation_id="list_calls")
def list_calls(request: HttpRequest, filters: Query[CallFilters], paging: Query[Paging]) -> dict[str, object]:
    return page_of(queries.calls(ANONYMOUS, **filters.dict()), paging)


@router.get("/calls/{call}", auth=None, response=answers(WholeCall), operation_id="get_call")
def get_call(request: HttpRequest, call: str) -> Call:
    return queries.call(ANONYMOUS, call)


@router.post("/calls/{call}/close", response=answers(CallOut), operation_id="close_call")
def close(request: Request, call: str) -> Call:
    found = queries.call(request.actor, call)
    close_call(request.actor, found)
    return found


@router.post("/applications", response=answers(ApplicationOut, CREATED), operation_id="start_application")
def start(request: Request, body: ApplicationIn) -> Status[Application]:
    organisation, call = organisation_for(request.actor, body.organisation), queries.call(request.actor, body.call)
    return Status(CREATED, start_application(request.actor, organisation, call=call, wish=body.wish()))


@router.get("/applications", response=answers(Page[ApplicationOut]), operation_id="list_applications")
def list_(request: Request, filters: Query[ApplicationFilters], paging: Query[Paging]) -> dict[str, object]:
    return page_of(queries.applications(request.actor, **filters.dict()), paging)


@router.get("/applications/{application}", response=answers(ApplicationOut), operation_id="get_application")
def get(request: Request, application: str) -> Application:
    return queries.application(request.actor, application)


@router.patch("/applications/{application}", response=answers(ApplicationOut), operation_id="save_application")
def save(request: Request, application: str, body: WishIn) -> Application:
    found = queries.application(request.actor, application)
    save_answers(request.actor, found, wish=body.wish())
    return found


@router.post("/applications/{application}/submit", response=answers(ApplicationOut), operation_id="submit_application")
def submit(request: Request, application: str) -> Application:
    found = queries.application(request.actor, application)
    submit_application(request.actor, found, at=clock.now())
    return found


@router.post(
    "/applications/{application}/withdraw", response=answers(ApplicationOut), operation_id="withdraw_application"
)
def withdraw(request: Request, application: str) -> Application:
    found = queries.application(request.actor, application)
    withdraw_application(request.actor, found)
    return found


@router.get("/applications/{application}/eligibility", response=answers(Eligibility), operation_id="get_eligibility")
def eligibility(request: Request, application: str) -> dict[str, object]:
    return queries.eligibility_of(queries.application(request.actor, application))


@router.post("/applications/{application}/assess", response=answers(ApplicationOut), operation_id="assess_application")
def assess(request: Request, application: str, body: AssessmentIn) -> Application:
    found = queries.application(request.actor, application)
    assess_application(request.actor, found, verdict=body.verdict, comment=body.comment)
    return found


@router.post("/applications/{application}/award", response=answers(AwardOut), operation_id="award")
def award_(request: Request, application: str, body: AwardIn) -> Award:
    found = queries.application(request.actor, application)
    return award(request.actor, found, amount=body.amount, at=clock.now())


@router.post("/applications/{application}/decline", response=answers(ApplicationOut), operation_id="decline")
def decline_(request: Request, application: str, body: Reason) -> Application:
    found = queries.application(request.actor, application)
    decline(request.actor, found, reason=body.reason)
    return found
