"""What an applicant fills in, checked as far as a draft must be right."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from faur.services.access.errors import ApplicationInvalid
from faur.services.access.models import Application, Call
from faur.services.access.questions import faults_of_draft

Json = dict[str, Any]  # Any: JSON
LARGEST = 2**53 - 1
MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Wish:
    """What an applicant fills in. `amount` in seconds of the pool's unit."""

    title: str
    amount: int
    months: int
    answers: Json = field(default_factory=dict)

    @property
    def given(self) -> Json:
        """The questions that have an answer."""
        return {name: value for name, value in self.answers.items() if value not in (None, "", [])}


def require_sound(call: Call, wish: Wish) -> None:
    """Raises ApplicationInvalid: names what cannot be right. What is only missing is asked for at submission."""
    faults = {}
    if not wish.title.strip():
        faults["title"] = _("This is needed.")
    if not 0 < wish.amount <= LARGEST:
        faults["amount"] = _("Ask for a positive amount.")
    if not 0 < wish.months <= MOST_MONTHS:
        faults["months"] = _("Ask for 1 to %(most)s months.") % {"most": MOST_MONTHS}
    faults |= faults_of_draft(call.mode, wish.given)
    if faults:
        raise ApplicationInvalid(faults)


def take_over(application: Application, wish: Wish) -> None:
    application.title = wish.title.strip()
    application.amount = wish.amount
    application.months = wish.months
    application.answers = wish.given
    application.save()
