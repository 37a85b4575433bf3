"""What serving refuses, and how to go on."""

from http import HTTPStatus

from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid, Refusal, Unauthenticated, Unavailable
from faur.portal.states import state_word


class NotPromoted(Refusal):
    """Only a promoted version may be served: promotion is where the evidence was asked for."""

    code = "endpoint.not_promoted"

    def __init__(self) -> None:
        super().__init__(
            _("Only a promoted version of a model can be served."),
            hint=_("Evaluate it, classify it, and promote it on its page."),
        )


class NameTaken(Refusal):
    """Endpoint names are part of an address, so they are unique in the factory."""

    code = "endpoint.name_taken"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("There is an endpoint called “%(name)s” already.") % {"name": name}, hint=_("Choose another name.")
        )


class NameInvalid(Invalid):
    """The name of an endpoint becomes part of its address."""

    code = "endpoint.name_invalid"

    def __init__(self) -> None:
        message = _("Three to fifty lower-case letters, digits and hyphens, beginning with a letter.")
        super().__init__(message, hint=_("For example: second-reader."), fields={"name": message})


class LifetimeInvalid(Invalid):
    """A key must end, and within the longest time that this site allows."""

    code = "key.lifetime_invalid"

    def __init__(self, longest: int) -> None:
        message = _("A key lives from 1 to %(longest)s days.") % {"longest": longest}
        super().__init__(message, hint=_("Issue a new one before it ends."), fields={"days": message})


class EndpointEnded(Refusal):
    """It was stopped; a stopped endpoint stays stopped, and its name is free again."""

    code = "endpoint.stopped"

    def __init__(self) -> None:
        super().__init__(_("This endpoint was stopped."), hint=_("Open a new one from the model's page."))


class TooManyKeys(Refusal):
    """A bound on what every gateway keeps in memory."""

    code = "key.too_many"

    def __init__(self, most: int) -> None:
        super().__init__(
            _("An endpoint has %(most)s valid keys at most.") % {"most": most},
            hint=_("Revoke those that nobody uses any more."),
        )


class VersionElsewhere(Invalid):
    """The request names a project that is not the version's: one of the two is a mistake."""

    code = "endpoint.version_elsewhere"

    def __init__(self) -> None:
        message = _("This version belongs to another project.")
        super().__init__(message, hint=_("Leave the project out, or name its own."), fields={"project": message})


class KeyUnknown(Unauthenticated):
    """No key of this factory came with the request."""

    code = "key.unknown"

    def __init__(self) -> None:
        _say(self, _("This needs a key of the endpoint."))


class KeyExpired(Unauthenticated):
    """The key was good until its last day."""

    code = "key.expired"

    def __init__(self) -> None:
        _say(self, _("This key has ended."))


class KeyRevoked(Unauthenticated):
    """The key was taken back by its project."""

    code = "key.revoked"

    def __init__(self) -> None:
        _say(self, _("This key was revoked."))


class EndpointUnknown(Refusal):
    """There is none of that name, or the key does not open it: the answer is the same."""

    code = "endpoint.unknown"
    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            _("There is no endpoint of that name for this key."), hint=_("Check the name and the key on its page.")
        )


class EndpointNotReady(Unavailable):
    """The engine is being loaded, or ended and is being started again."""

    code = "endpoint.not_ready"

    def __init__(self, state: str) -> None:
        super().__init__(
            _("The endpoint is in the state “%(state)s”.") % {"state": state_word(state).text},
            hint=_("Try again in a few seconds."),
        )


class RowRefused(Invalid):
    """The engine says what is wrong with a row."""

    code = "endpoint.row_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The endpoint did not take this row: %(reason)s") % {"reason": reason}, hint=_("Mend the values.")
        )


def _say(refusal: Unauthenticated, sentence: str) -> None:
    """A refused key in its own words, not in those for people who are not logged in."""
    hint = _("Ask with “Authorization: Bearer faur_key_…”; keys are issued on the endpoint's page.")
    Refusal.__init__(refusal, sentence, hint=hint)
