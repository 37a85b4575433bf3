"""Pages know their caller, and a refusal on a page is a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from faur.kernel.actors.actor import ANONYMOUS
from faur.kernel.actors.directory import actor_of
from faur.kernel.errors import Refusal, Unauthenticated


class PageMiddleware:
    """Sets `request.actor` from the session (nobody in particular without one); turns a Refusal into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            user = request.user
            known = user.is_authenticated
            request.actor = actor_of(user) if known else ANONYMOUS  # type: ignore[attr-defined, arg-type]  # makes it a kernel.api.Request
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Unauthenticated):
            return redirect(f"{reverse('login')}?next={request.get_full_path()}")
        if isinstance(error, Refusal):
            return render(request, "portal/refused.html", {"refusal": error}, status=error.status)
        return None
