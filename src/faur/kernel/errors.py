"""One small tree of refusals: a stable code, a sentence for the person, a hint at what to do next."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import ClassVar

from django.utils.translation import gettext as _


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a failure of the program
    """Faur says no, in words that the person who sees them can act on.

    `fields` maps a field's path in the input to what is wrong with it.
    `transient` says that the same request may succeed later, most likely after `retry_seconds`.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[HTTPStatus] = HTTPStatus.CONFLICT
    transient: ClassVar[bool] = False
    retry_seconds: ClassVar[int] = 2

    def __init__(self, message: str, *, hint: str = "", fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.fields = dict(fields or {})


class NotFound(Refusal):
    """There is no such thing, or the actor may not know of it: the answer is the same."""

    code = "not_found"
    status = HTTPStatus.NOT_FOUND

    def __init__(self, what: str = "") -> None:
        super().__init__(
            _("There is nothing here with that name, or it is not yours to see."),
            hint=_("Check the identifier, or ask a member of the project to add you."),
        )
        self.what = what


class Forbidden(Refusal):
    """The actor may see the thing but not do this to it."""

    code = "forbidden"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, verb: str = "") -> None:
        super().__init__(
            _("Your role does not allow this."),
            hint=_("Ask the lead of the project, or the operator of the factory."),
        )
        self.verb = verb


class Unauthenticated(Refusal):
    """No valid session, token or key came with the request."""

    code = "unauthenticated"
    status = HTTPStatus.UNAUTHORIZED

    def __init__(self) -> None:
        super().__init__(
            _("This needs a valid token or a login."),
            hint=_("Log in, or make a new token on your account page."),
        )


class Invalid(Refusal):
    """The input cannot be right, whatever the state of the world."""

    code = "invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class MethodNotAllowed(Refusal):
    """The address is known, but not for this; the header `Allow` says for what."""

    code = "method_not_allowed"
    status = HTTPStatus.METHOD_NOT_ALLOWED

    def __init__(self) -> None:
        super().__init__(
            _("This address does not know that method."), hint=_("The header Allow names those that it knows.")
        )


class Unavailable(Refusal):
    """Something that Faur rests on does not answer now; the same request may succeed later."""

    code = "unavailable"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    transient = True
