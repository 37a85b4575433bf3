"""Pages know their caller, and a refusal on a page is a page."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from faur.kernel.actors.actor import ANONYMOUS
from faur.kernel.actors.directory import actor_of
from faur.kernel.collisions import refusal_of
from faur.kernel.errors import Refusal, Unauthenticated
from faur.kernel.problems import Unreadable
from faur.kernel.text import is_fit


class PageMiddleware:
    """Sets `request.actor` from the session (nobody in particular without one); turns a Refusal into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/"):
            return self.get_response(request)
        user = request.user
        known = user.is_authenticated
        request.actor = actor_of(user) if known else ANONYMOUS  # type: ignore[attr-defined, arg-type]  # makes it a kernel.api.Request
        return self.get_response(request) if all(map(is_fit, _texts(request))) else _refused(request, Unreadable())

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Unauthenticated):
            return redirect(f"{reverse('login')}?{urlencode({'next': request.get_full_path()}, safe='/')}")
        refusal = refusal_of(error)
        return _refused(request, refusal) if refusal else None


def _texts(request: HttpRequest) -> Iterator[str]:
    """All that a person sent: the address, its query and the fields of a form."""
    yield request.path
    for name, values in [*request.GET.lists(), *request.POST.lists()]:
        yield from (name, *map(str, values))


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "portal/refused.html", {"refusal": refusal}, status=refusal.status)
