"""The form of the REST API: who asks, declared refusals, pages of lists. One router a service, one API a site."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query, Router, Schema
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer
from pydantic import Field

from faur.kernel.actors.actor import Actor
from faur.kernel.actors.directory import actor_of, user_by_token
from faur.kernel.actors.models import User
from faur.kernel.bodies import StrictParser
from faur.kernel.errors import Forbidden, Invalid, NotFound, Unauthenticated
from faur.kernel.problems import MEDIA_TYPE, Unreadable, problem, refusal_for
from faur.kernel.shapes import NO_CONTROLS

Item = TypeVar("Item")
LARGEST_PAGE = 200


class Request(HttpRequest):
    """A request whose caller is known. `user` is the person behind the session or the token."""

    actor: Actor
    user: User


class Problem(Schema):
    """A refusal, as problem details by RFC 9457."""

    type: str
    title: str
    status: int
    code: str
    hint: str = ""
    transient: bool = False
    fields: dict[str, str] = Field(default_factory=dict)
    instance: str = ""


class Page(Schema, Generic[Item]):
    """One page of a list; `total` counts all that the caller may see and asked for."""

    items: list[Item]
    total: int
    page: int
    size: int


class Paging(Schema):
    """Which page of a list, counted from 1, and how many rows on it."""

    page: int = Field(1, ge=1, le=1_000_000)
    size: int = Field(50, ge=1, le=LARGEST_PAGE)


Asked = Annotated[Paging, Query()]
"""The page of a list that a caller asks for."""

Filter = Annotated[str, Query("", max_length=200, pattern=NO_CONTROLS)]
"""What a list is narrowed by; empty: not by this."""

Listed = dict[str, object]
"""What `page_of` answers."""


def page_of(rows: "models.QuerySet[Any]", paging: Paging) -> Listed:  # Any: rows of any table
    """The asked page of a filtered, ordered set; two queries."""
    start = (paging.page - 1) * paging.size
    items = list(rows[start : start + paging.size])
    total = len(items) + start if 0 < len(items) < paging.size else rows.count()
    return {"items": items, "total": total, "page": paging.page, "size": paging.size}


REFUSED = (400, 401, 403, 404, 409, 413, 422, 429, 503, 507)


def answers(schema: object, status: int = 200) -> dict[Any, Any]:  # Any: the type that ninja declares
    """What a route answers when it goes well; that it may answer a `Problem` is declared for all routes at once."""
    return {status: schema}


class SiteApi(NinjaAPI):
    """The API of a site. Each route's description says with what it may be refused.

    Declared to each route in ninja's way, nine models a route would take 15 MiB and a third of a second at every start.
    """

    def get_openapi_schema(self, *args: Any, **options: Any) -> OpenAPISchema:  # Any: ninja's own options
        described = super().get_openapi_schema(*args, **options)
        described["components"]["schemas"]["Problem"] = Problem.json_schema()
        for methods in described["paths"].values():
            for operation in methods.values():
                operation["summary"] = operation["operationId"].replace("_", " ").capitalize()
                operation["responses"] |= {status: _refusal(status) for status in REFUSED}
        return described


def _refusal(status: int) -> dict[str, object]:
    """A refusal in OpenAPI's words."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}


class Bearer(HttpBearer):
    """A token in the Authorization header, or the session of a browser with its CSRF token."""

    def __call__(self, request: HttpRequest) -> object:
        if "Authorization" in request.headers:
            return super().__call__(request) or self._nobody()
        if request.user.is_authenticated:
            _check_csrf(request)
            return self._act_for(request, request.user)
        return self._nobody()

    def authenticate(self, request: HttpRequest, token: str) -> object:
        user = user_by_token(token)
        return self._act_for(request, user) if user else self._nobody()

    @staticmethod
    def _act_for(request: HttpRequest, user: User) -> Actor:
        request.user = user
        actor = actor_of(user)
        request.actor = actor  # type: ignore[attr-defined]  # what makes it a faur.kernel.api.Request
        return actor

    @staticmethod
    def _nobody() -> object:
        raise Unauthenticated


def _check_csrf(request: HttpRequest) -> None:
    """Raises Forbidden where a browser's session comes without the CSRF token."""
    check = CsrfViewMiddleware(lambda _: HttpResponse())
    check.process_request(request)
    if check.process_view(request, lambda _: HttpResponse(), (), {}) is not None:
        raise Forbidden("csrf")


def router(tag: str) -> Router:
    """The routes of one service; every one needs a caller unless it says `auth=None`."""
    return Router(tags=[tag])


def make_api(**options: Any) -> NinjaAPI:  # Any: options of NinjaAPI
    """The API of a site, with the one mapping from refusals and errors to HTTP."""
    api = SiteApi(auth=Bearer(), parser=StrictParser(), **options)
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        ValidationError: _invalid,
        Http404: lambda request, _error: problem(NotFound(), request),
        PermissionDenied: lambda request, _error: problem(Forbidden(), request),
        HttpError: _unreadable,
        Exception: lambda request, error: problem(refusal_for(error, request.path), request),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
    return api


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {".".join(str(part) for part in one["loc"][1:]) or "body": str(one["msg"]) for one in error.errors}
    invalid = Invalid(
        _("Some of what was sent cannot be right."), hint=_("Mend the fields that are named."), fields=fields
    )
    return problem(invalid, request)


def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(Unreadable(), request)
