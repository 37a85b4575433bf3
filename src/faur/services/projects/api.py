"""The REST routes of projects: people and tokens, roles, organisations, pools, projects, allocations, the record."""

from http import HTTPStatus
from typing import Annotated

from django.http import HttpRequest
from ninja import Status
from pydantic import Field

from faur.kernel.actors.actor import FACTORY
from faur.kernel.actors.directory import actor_of
from faur.kernel.actors.models import Grant, Token, User
from faur.kernel.api import Asked, Bearer, Filter, Listed, Page, Request, answers, page_of
from faur.kernel.api import router as make_router
from faur.kernel.record import FACTORY_CHAIN, Entry, PublishedKey, published_key
from faur.services.projects import queries, schemas
from faur.services.projects.actions.add_member import add_member
from faur.services.projects.actions.appoint import appoint
from faur.services.projects.actions.dismiss import dismiss
from faur.services.projects.actions.issue_token import issue_token
from faur.services.projects.actions.open_pool import PoolFacts, open_pool
from faur.services.projects.actions.register_organisation import register_organisation
from faur.services.projects.actions.remove_member import remove_member
from faur.services.projects.actions.revoke_token import revoke_token
from faur.services.projects.models import Allocation, Organisation, Pool, Project
from faur.services.projects.sign_in import known_by_password, newly_registered
from faur.services.projects.trail import Step, build_trail

router = make_router("projects")

CREATED, NO_CONTENT = HTTPStatus.CREATED, HTTPStatus.NO_CONTENT


@router.post("/people", auth=None, response=answers(schemas.PersonOut, CREATED), operation_id="register_person")
def post_person(request: HttpRequest, body: schemas.PersonIn) -> Status[User]:
    return Status(CREATED, newly_registered(body.email, body.name, body.password, body.language, request))


@router.get("/me", response=answers(schemas.MeOut), operation_id="get_me")
def get_me(request: Request) -> User:
    return request.user


@router.post("/tokens", auth=None, response=answers(schemas.IssuedTokenOut, CREATED), operation_id="issue_token")
def post_token(request: HttpRequest, body: schemas.CredentialsIn) -> Status[schemas.IssuedTokenOut]:
    user = _holder(request, body)
    issued = issue_token(actor_of(user), user, name=body.name, days=body.days)
    return Status(CREATED, schemas.IssuedTokenOut.of(issued))


def _holder(request: HttpRequest, body: schemas.CredentialsIn) -> User:
    """Whose token it becomes: by password where one is given, else by the token or session that comes along."""
    if body.email is not None and body.password is not None:
        return known_by_password(body.email, body.password, request)
    Bearer()(request)  # raises Unauthenticated
    return request.user  # type: ignore[return-value]  # known by now, so a User


@router.get("/tokens", response=answers(Page[schemas.TokenOut]), operation_id="list_tokens")
def get_tokens(request: Request, paging: Asked) -> Listed:
    return page_of(Token.objects.visible_to(request.actor).order_by("-pk"), paging)


@router.delete("/tokens/{token}", response=answers(None, NO_CONTENT), operation_id="revoke_token")
def delete_token(request: Request, token: str) -> Status[None]:
    revoke_token(request.actor, Token.objects.visible_to(request.actor).get_by_uid(token))
    return Status(NO_CONTENT, None)


@router.post("/roles", response=answers(schemas.AppointmentOut, CREATED), operation_id="appoint_person")
def post_role(request: Request, body: schemas.AppointmentIn) -> Status[Grant]:
    user = queries.person_by_email(request.actor, body.email)
    appoint(request.actor, FACTORY, user=user, role=body.role)
    return Status(CREATED, queries.appointment(user, body.role))


@router.get("/roles", response=answers(Page[schemas.AppointmentOut]), operation_id="list_roles")
def get_roles(request: Request, paging: Asked) -> Listed:
    return page_of(queries.appointments(request.actor), paging)


@router.delete("/roles/{person}/{role}", response=answers(None, NO_CONTENT), operation_id="dismiss_person")
def delete_role(request: Request, person: str, role: str) -> Status[None]:
    dismiss(request.actor, FACTORY, user=queries.person(request.actor, person), role=role)
    return Status(NO_CONTENT, None)


@router.post("/organisations", response=answers(schemas.OrganisationOut, CREATED), operation_id="register_organisation")
def post_organisation(request: Request, body: schemas.OrganisationIn) -> Status[Organisation]:
    return Status(CREATED, register_organisation(request.actor, FACTORY, body.facts()))


@router.get("/organisations", response=answers(Page[schemas.OrganisationOut]), operation_id="list_organisations")
def get_organisations(request: Request, paging: Asked, search: Filter) -> Listed:
    return page_of(queries.organisations_of(request.actor, search=search), paging)


@router.get("/organisations/{organisation}", response=answers(schemas.OrganisationOut), operation_id="get_organisation")
def get_organisation(request: Request, organisation: str) -> Organisation:
    return queries.organisations_of(request.actor).get_by_uid(organisation)


@router.post("/pools", response=answers(schemas.PoolOut, CREATED), operation_id="open_pool")
def post_pool(request: Request, body: schemas.PoolIn) -> Status[Pool]:
    pool = open_pool(request.actor, FACTORY, PoolFacts(**body.dict()))
    return Status(CREATED, queries.pools_of(request.actor).get_by_uid(pool.uid))


@router.get("/pools", response=answers(Page[schemas.PoolOut]), operation_id="list_pools")
def get_pools(request: Request, paging: Asked, search: Filter) -> Listed:
    return page_of(queries.pools_of(request.actor, search=search), paging)


@router.get("/pools/{pool}", response=answers(schemas.PoolOut), operation_id="get_pool")
def get_pool(request: Request, pool: str) -> Pool:
    return queries.pools_of(request.actor).get_by_uid(pool)


@router.get("/projects", response=answers(Page[schemas.ProjectOut]), operation_id="list_projects")
def get_projects(request: Request, paging: Asked, search: Filter, state: Filter) -> Listed:
    return page_of(queries.projects_of(request.actor, search=search, state=state), paging)


@router.get("/projects/{project}", response=answers(schemas.ProjectOut), operation_id="get_project")
def get_project(request: Request, project: str) -> Project:
    return queries.project_visible(request.actor, project)


@router.get("/projects/{project}/members", response=answers(Page[schemas.MemberOut]), operation_id="list_members")
def get_members(request: Request, project: str, paging: Asked) -> Listed:
    members = queries.members_of(queries.project_visible(request.actor, project))
    start = (paging.page - 1) * paging.size
    shown = members[start : start + paging.size]
    return {"items": shown, "total": len(members), "page": paging.page, "size": paging.size}


@router.post("/projects/{project}/members", response=answers(schemas.MemberOut, CREATED), operation_id="add_member")
def post_member(request: Request, project: str, body: schemas.MemberIn) -> Status[queries.Member]:
    found = queries.project_visible(request.actor, project)
    user = add_member(request.actor, found, email=body.email, role=body.role)
    return Status(CREATED, queries.member_of(found, user.uid))


@router.delete("/projects/{project}/members/{member}", response=answers(None, NO_CONTENT), operation_id="remove_member")
def delete_member(request: Request, project: str, member: str) -> Status[None]:
    remove_member(request.actor, queries.project_visible(request.actor, project), member=member)
    return Status(NO_CONTENT, None)


@router.get("/projects/{project}/trail", response=answers(schemas.TrailOut), operation_id="get_trail")
def get_trail(request: Request, project: str) -> dict[str, list[Step]]:
    found = queries.project_visible(request.actor, project)
    return {"steps": build_trail(request.actor, found.uid)}


@router.get("/projects/{project}/record", response=answers(Page[schemas.EntryOut]), operation_id="list_project_entries")
def get_project_record(request: Request, project: str, paging: Asked, verb: Filter) -> Listed:
    return page_of(queries.record_of(request.actor, project, verb=verb), paging)


@router.get("/record/factory", response=answers(Page[schemas.EntryOut]), operation_id="list_factory_entries")
def get_factory_record(request: Request, paging: Asked, verb: Filter) -> Listed:
    return page_of(queries.record_of(request.actor, FACTORY_CHAIN, verb=verb), paging)


@router.get("/record/key", auth=None, response=answers(schemas.RecordKeyOut), operation_id="get_record_key")
def get_record_key(request: HttpRequest) -> PublishedKey:
    return published_key()


@router.get("/record/{chain}/{seq}", response=answers(schemas.EntryOut), operation_id="get_entry")
def get_entry(request: Request, chain: str, seq: Annotated[int, Field(ge=1, le=2**62)]) -> Entry:
    return queries.entry_for(request.actor, chain, seq)


@router.get("/allocations", response=answers(Page[schemas.AllocationOut]), operation_id="list_allocations")
def get_allocations(request: Request, paging: Asked, project: Filter, search: Filter) -> Listed:
    return page_of(queries.allocations_of(request.actor, project=project, search=search), paging)


@router.get("/allocations/{allocation}", response=answers(schemas.AllocationOut), operation_id="get_allocation")
def get_allocation(request: Request, allocation: str) -> Allocation:
    return queries.allocation_for(request.actor, allocation)


@router.get(
    "/allocations/{allocation}/postings", response=answers(Page[schemas.PostingOut]), operation_id="list_postings"
)
def get_postings(request: Request, allocation: str, paging: Asked) -> Listed:
    return page_of(queries.postings_of(queries.allocation_for(request.actor, allocation)), paging)
