"""The portal's own pages: the theme that a reader chose, and the page on which every part can be seen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from faur.portal import styleguide
from faur.portal.context import THEME_COOKIE, THEMES

_YEAR = 365 * 24 * 3600


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie and go back to where the reader was; an unknown theme changes nothing."""
    response = redirect(_back(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(THEME_COOKIE, chosen, max_age=_YEAR, samesite="Lax", secure=request.is_secure())
    return response


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """Every part in realistic use: what people look at before they make a page, and axe in a test."""
    answers = request.GET if "check" in request.GET else None
    return render(request, "portal/styleguide.html", styleguide.examples(answers))


def _back(request: HttpRequest) -> str:
    there = request.POST.get("next") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return there if safe else "/"
