"""What every page does with a request: know who asks, read the address, show one page of many rows."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from faur.kernel.api import Request
from faur.kernel.errors import Unauthenticated

ROWS = 50
LONGEST_SEARCH = 200
Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[Request, Arguments], HttpResponse]


def for_people(view: View[Arguments]) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Let only those in who are logged in; others are sent to log in, and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        known = cast(Request, request)
        if known.actor.is_anonymous:
            raise Unauthenticated
        return view(known, *args, **kwargs)

    return guarded


def asked(request: HttpRequest, name: str) -> str:
    """A value of the address's query, cut to what a search can use."""
    return request.GET.get(name, "").replace("\0", "").strip()[:LONGEST_SEARCH]


def shown_page(rows: "QuerySet[Any]", request: HttpRequest, size: int = ROWS) -> Page[Any]:  # Any: rows of any table
    """The page of rows that the address asks for; the last one where it asks for more than there are. Two queries."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
