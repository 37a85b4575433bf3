"""The REST routes of the front office."""

from http import HTTPStatus

from django.http import HttpRequest
from ninja import Query, Status

from faur.kernel import clock
from faur.kernel.actors.actor import ANONYMOUS
from faur.kernel.api import Page, Paging, Request, answers, page_of
from faur.kernel.api import router as make_router
from faur.services.access import queries
from faur.services.access.actions.assess_application import assess_application
from faur.services.access.actions.award import award
from faur.services.access.actions.close_call import close_call
from faur.services.access.actions.decline import decline
from faur.services.access.actions.open_call import Invitation, open_call
from faur.services.access.actions.save_answers import save_answers
from faur.services.access.actions.start_application import start_application
from faur.services.access.actions.submit_application import submit_application
from faur.services.access.actions.withdraw_application import withdraw_application
from faur.services.access.models import Application, Award, Call
from faur.services.access.modes import Mode, modes
from faur.services.access.schemas import (
    ApplicationFilters,
    ApplicationIn,
    ApplicationOut,
    AssessmentIn,
    AwardIn,
    AwardOut,
    CallFilters,
    CallIn,
    CallOut,
    DeclineIn,
    Eligibility,
    Modes,
    WholeCall,
    WishIn,
)
from faur.services.projects.public import organisation_for, pool_for

router = make_router("access")
CREATED = HTTPStatus.CREATED


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
def decline_(request: Request, application: str, body: DeclineIn) -> Application:
    found = queries.application(request.actor, application)
    decline(request.actor, found, reason=body.reason)
    return found
