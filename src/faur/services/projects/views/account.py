"""One's own account: log in, register, profile, tokens."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from faur.kernel.actors.models import Token
from faur.kernel.api import Request
from faur.kernel.errors import Refusal
from faur.portal.asking import for_people, shown_page
from faur.portal.refusals import show_in_form
from faur.services.projects.actions.edit_profile import edit_profile
from faur.services.projects.actions.issue_token import issue_token
from faur.services.projects.actions.revoke_token import revoke_token
from faur.services.projects.forms import LoginForm, ProfileForm, RegistrationForm, TokenForm
from faur.services.projects.queries import roles_of
from faur.services.projects.sign_in import newly_registered


class LogIn(LoginView):
    """Django's view with our form; it speaks the person's language from then on."""

    form_class = LoginForm  # type: ignore[assignment]  # not Django's own form, but all that its view asks of one
    template_name = "portal/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form: LoginForm) -> HttpResponse:  # type: ignore[override]  # see form_class
        response = super().form_valid(form)  # type: ignore[arg-type]  # see form_class
        return _speaking(response, form.user.language) if form.user else response


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Makes an account, and logs in to it."""
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            user = newly_registered(given["email"], given["name"], given["password"], given["language"], request)
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            return _speaking(redirect(_onward(request)), user.language)
    return render(request, "portal/register.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def account(request: Request) -> HttpResponse:
    user = request.user
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        edit_profile(request.actor, user, **form.cleaned_data)
        with override(user.language):
            messages.success(request, _("Your profile is saved."))
        return _speaking(redirect("account"), user.language)
    return render(request, "projects/account.html", _shown(request, form, TokenForm()))


@never_cache
@require_http_methods(["POST"])
@for_people
def token_new(request: Request) -> HttpResponse:
    """Makes a token and shows its secret in this very answer, which is not kept anywhere."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        profile = ProfileForm(initial={"name": request.user.name, "language": request.user.language})
        return render(request, "projects/account.html", _shown(request, profile, form), status=422)
    issued = issue_token(request.actor, request.user, **form.cleaned_data)
    return render(request, "projects/token_made.html", {"issued": issued})


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def token_revoke(request: Request, uid: str) -> HttpResponse:
    """Asks first, then makes the token worthless."""
    token = Token.objects.visible_to(request.actor).get_by_uid(uid)
    if request.method == "POST":
        revoke_token(request.actor, token)
        messages.success(request, _("The token opens nothing any more."))
        return redirect("account")
    return render(request, "projects/token_revoke.html", {"token": token})


def _shown(request: Request, profile: ProfileForm, token: TokenForm) -> dict[str, object]:
    tokens = Token.objects.visible_to(request.actor).filter(revoked_at__isnull=True).order_by("-pk")
    return {
        "form": profile,
        "token_form": token,
        "page": shown_page(tokens, request, size=20),
        "roles": roles_of(request.actor),
        "address": request.user.email,
    }


def _onward(request: HttpRequest) -> str:
    """Where the person wanted to go, if it is on this site."""
    there = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return there if safe else settings.LOGIN_REDIRECT_URL


def _speaking(response: HttpResponse, language: str) -> HttpResponse:
    """The answer, after which the portal speaks this language."""
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, samesite="Lax")
    return response
