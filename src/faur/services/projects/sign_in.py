"""The front desk: whether somebody is who they say, and new accounts; neither by trying for ever."""

from django.contrib.auth import authenticate
from django.http import HttpRequest

from faur.kernel.actors.actor import ANONYMOUS, FACTORY
from faur.kernel.actors.models import User
from faur.services.projects import attempts
from faur.services.projects.actions.register_person import register_person
from faur.services.projects.errors import NotRegistered, WrongCredentials


def known_by_password(email: str, password: str, request: HttpRequest) -> User:
    """The person with this e-mail address and password. Failures count by person and by where the request comes from.

    Raises:
        TooManyAttempts: ten failures within ten minutes; then the right password is refused as well.
        WrongCredentials: no such person, or another password; both take the same time.
    """
    key = attempts.key_of("sign-in", email, _origin(request))
    attempts.check(key)
    attempts.note(key)  # before it is known to fail: of many tries at once, none is overlooked
    user = authenticate(request, username=email, password=password)
    if not isinstance(user, User):
        raise WrongCredentials
    attempts.forgive(key)
    return user


def newly_registered(email: str, name: str, password: str, language: str, request: HttpRequest) -> User:
    """A new account for whom nobody knows yet.

    There is no way to answer alike whether or not an address is taken, short of a message to it: who registered could
    log in, and who did not could not. So it is refused in words that say nothing, in the same time, and ten times in
    ten minutes from one place at most.

    Raises TooManyAttempts, and what `register_person` raises.
    """
    key = attempts.key_of("registration", _origin(request))
    attempts.check(key)
    try:
        return register_person(ANONYMOUS, FACTORY, email=email, name=name, password=password, language=language)
    except NotRegistered:
        attempts.note(key)
        raise


def _origin(request: HttpRequest) -> str:
    """The network address that the request comes from. Behind a proxy the server is told which proxies to believe."""
    return str(request.META.get("REMOTE_ADDR", ""))
