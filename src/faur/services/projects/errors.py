"""What projects refuses, each in words for the person who asked."""

from datetime import date
from http import HTTPStatus

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid, Refusal


class RegistrationClosed(Refusal):
    """This site makes accounts by its operators alone."""

    code = "person.registration_closed"
    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            _("People cannot make their own account here."), hint=_("Ask the operator of the factory for one.")
        )


class NotRegistered(Refusal):
    """The account was not made. The sentence does not say whether the address has one already."""

    code = "person.not_registered"

    def __init__(self) -> None:
        super().__init__(
            _("No account was made for this e-mail address."),
            hint=_("If you have registered before, log in; otherwise ask the operator of the factory."),
        )


class WeakPassword(Invalid):
    """The password is too easy to guess; `fields` says why."""

    code = "person.weak_password"

    def __init__(self, reasons: str) -> None:
        super().__init__(
            _("This password is too easy to guess."),
            hint=_("Take a longer one: four words that do not belong together are good."),
            fields={"password": reasons},
        )


class WrongCredentials(Refusal):
    """The e-mail address or the password is wrong; which of the two is not said."""

    code = "auth.wrong"
    status = HTTPStatus.UNAUTHORIZED

    def __init__(self) -> None:
        super().__init__(
            _("The e-mail address or the password is not right."),
            hint=_("Check both; capital letters matter in the password."),
        )


class TooManyAttempts(Refusal):
    """Too many failed attempts from one place in ten minutes."""

    code = "auth.too_many"
    status = HTTPStatus.TOO_MANY_REQUESTS
    transient = True
    retry_seconds = 600

    def __init__(self) -> None:
        super().__init__(
            _("Too many attempts that failed."), hint=_("Wait ten minutes; the right password works again then.")
        )


class UnknownPerson(Invalid):
    """Nobody with this e-mail address has an account."""

    code = "person.unknown"

    def __init__(self) -> None:
        message = _("Nobody here has this e-mail address.")
        super().__init__(message, hint=_("Ask them to register first."), fields={"email": message})


class UnknownRole(Invalid):
    """There is no such role in this place."""

    code = "role.unknown"

    def __init__(self, roles: str) -> None:
        message = _("There is no such role here.")
        super().__init__(message, hint=_("One of: %(roles)s.") % {"roles": roles}, fields={"role": message})


class LastLead(Refusal):
    """A project without a lead could not be steered by anyone in it."""

    code = "member.last_lead"

    def __init__(self) -> None:
        super().__init__(_("A project keeps at least one lead."), hint=_("Make somebody else lead first."))


class LastOperator(Refusal):
    """A factory without an operator could not be run by anyone."""

    code = "role.last_operator"

    def __init__(self) -> None:
        super().__init__(_("A factory keeps at least one operator."), hint=_("Appoint somebody else first."))


class FiguresMissing(Invalid):
    """The size of an enterprise cannot be worked out without its figures."""

    code = "organisation.figures_missing"

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            _("The size of an enterprise follows from its figures, and some are missing."),
            hint=_("Give staff, turnover and balance sheet total of the last closed year."),
            fields={name: _("This is needed for an enterprise.") for name in names},
        )


class KindContradicted(Invalid):
    """Registered as an SME, but by its figures it is none."""

    code = "organisation.not_sme"

    def __init__(self) -> None:
        message = _("By these figures the enterprise is not small or medium-sized.")
        super().__init__(
            message,
            hint=_("Register it as a large enterprise, or correct the figures and the holdings."),
            fields={"kind": message},
        )


class PeriodReversed(Invalid):
    """The end of a period lies before its beginning."""

    code = "period.reversed"

    def __init__(self) -> None:
        message = _("The last day lies before the first.")
        super().__init__(message, hint=_("Give the last day after the first."), fields={"ends_on": message})


class AllocationClosed(Refusal):
    """Outside its period nothing can be held on an allocation."""

    code = "allocation.closed"

    def __init__(self, starts_on: date, ends_on: date) -> None:
        super().__init__(
            _("This allocation can be used from %(first)s to %(last)s.")
            % {"first": date_format(starts_on), "last": date_format(ends_on)},
            hint=_("Take another allocation, or apply to an open call."),
        )


class AllocationExhausted(Refusal):
    """Not enough left on the allocation to hold what the work could use at most."""

    code = "allocation.exhausted"

    def __init__(self, asked: str, left: str) -> None:
        super().__init__(
            _("This could use up to %(asked)s; the allocation has %(left)s left.") % {"asked": asked, "left": left},
            hint=_("Ask for less, or apply for more."),
        )


class UnknownCluster(Invalid):
    """There is no such cluster to open a pool on."""

    code = "pool.unknown_cluster"

    def __init__(self) -> None:
        message = _("There is no cluster with this identifier.")
        super().__init__(
            message, hint=_("Take the identifier from the page of the cluster."), fields={"cluster": message}
        )


class PoolExhausted(Refusal):
    """Not enough left in the pool for this allocation."""

    code = "pool.exhausted"

    def __init__(self, asked: str, left: str) -> None:
        super().__init__(
            _("The award asks for %(asked)s; the pool has %(left)s left.") % {"asked": asked, "left": left},
            hint=_("Award less, or open another pool."),
        )
