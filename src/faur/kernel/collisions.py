"""What the database refuses where nobody made a mistake: two came at one moment, or it is not there at all."""

import logging

from django.db import IntegrityError, InterfaceError, OperationalError
from django.utils.translation import gettext as _

from faur.kernel.errors import Refusal, Unavailable

log = logging.getLogger("faur")

_CROSSED = {"40001", "40P01"}
"""PostgreSQL's `serialization_failure` and `deadlock_detected` (its manual, appendix A)."""


class Collided(Refusal):
    """Somebody changed the same thing at the same moment. Nothing of this request was kept."""

    code = "collided"
    transient = True

    def __init__(self) -> None:
        super().__init__(
            _("Somebody changed the same thing at this moment; nothing of yours was kept."),
            hint=_("Look at it again, then repeat what you wanted."),
        )


class DatabaseAway(Unavailable):
    """The database does not answer, or not in time. Nothing of this request was kept."""

    code = "database.away"

    def __init__(self) -> None:
        super().__init__(_("The database does not answer now; nothing was changed."), hint=_("Try again in a minute."))


def refusal_of(error: Exception) -> Refusal | None:
    """What an error is to the person who asked; None where it is a defect of Faur."""
    if isinstance(error, Refusal):
        return error
    if not isinstance(error, IntegrityError | InterfaceError | OperationalError):
        return None
    log.warning("the database refused", exc_info=error)
    crossed = isinstance(error, IntegrityError) or getattr(error.__cause__, "sqlstate", "") in _CROSSED
    return Collided() if crossed else DatabaseAway()
