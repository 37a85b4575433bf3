"""The REST routes of serving. Predictions themselves are asked of the gateway, under `/v2`."""

from http import HTTPStatus

from ninja import Query, Status

from faur.kernel.api import Page, Paging, Request, answers, page_of
from faur.kernel.api import router as make_router
from faur.services.serving import queries
from faur.services.serving.actions.keys import issue_key, revoke_key
from faur.services.serving.actions.open_endpoint import open_endpoint
from faur.services.serving.actions.stop_endpoint import stop_endpoint
from faur.services.serving.models import Endpoint
from faur.services.serving.schemas import (
    EndpointFilters,
    EndpointIn,
    EndpointOut,
    KeyIn,
    KeyIssued,
    KeyOut,
    Keys,
    Usage,
)

router = make_router("serving")
CREATED = HTTPStatus.CREATED


@router.post("/endpoints", response=answers(EndpointOut, CREATED), operation_id="open_endpoint")
def open_(request: Request, body: EndpointIn) -> Status[Endpoint]:
    version = queries.version_in(request.actor, body.model_version, body.project)
    return Status(CREATED, open_endpoint(request.actor, version, name=body.name))


@router.get("/endpoints", response=answers(Page[EndpointOut]), operation_id="list_endpoints")
def list_(request: Request, filters: Query[EndpointFilters], paging: Query[Paging]) -> dict[str, object]:
    return page_of(queries.endpoints(request.actor, **filters.dict()), paging)


@router.get("/endpoints/{endpoint}", response=answers(EndpointOut), operation_id="get_endpoint")
def get(request: Request, endpoint: str) -> Endpoint:
    return queries.endpoint(request.actor, endpoint)


@router.post("/endpoints/{endpoint}/stop", response=answers(EndpointOut), operation_id="stop_endpoint")
def stop(request: Request, endpoint: str) -> Endpoint:
    found = queries.endpoint(request.actor, endpoint)
    stop_endpoint(request.actor, found)
    return found


@router.post("/endpoints/{endpoint}/keys", response=answers(KeyIssued, CREATED), operation_id="issue_key")
def issue(request: Request, endpoint: str, body: KeyIn) -> Status[dict[str, object]]:
    found = queries.endpoint(request.actor, endpoint)
    key, secret = issue_key(request.actor, found, name=body.name, days=body.days)
    return Status(CREATED, {**KeyOut.from_orm(key).dict(by_alias=True), "secret": secret})


@router.get("/endpoints/{endpoint}/keys", response=answers(Keys), operation_id="list_keys")
def keys(request: Request, endpoint: str) -> dict[str, object]:
    return {"items": queries.keys_of(queries.endpoint(request.actor, endpoint))}


@router.delete("/keys/{key}", response=answers(None, HTTPStatus.NO_CONTENT), operation_id="revoke_key")
def revoke(request: Request, key: str) -> Status[None]:
    revoke_key(request.actor, queries.key(request.actor, key))
    return Status(HTTPStatus.NO_CONTENT, None)


@router.get("/endpoints/{endpoint}/usage", response=answers(Usage), operation_id="get_usage")
def usage(request: Request, endpoint: str) -> dict[str, object]:
    found = queries.endpoint(request.actor, endpoint)
    hours = [{"hour": hour, "requests": n, "errors": bad} for hour, n, bad in queries.usage_by_hour(found)]
    return {**queries.usage_in_all(found), "hours": hours}
