"""What the front office refuses, and how to go on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid, Refusal
from faur.portal.states import state_word


class CallInvalid(Invalid):
    """A call that could not be judged or could not draw on its pool; `fields` says what is wrong."""

    code = "call.invalid"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(
            _("The call cannot be opened like this."), hint=_("Mend the fields that are named."), fields=fields
        )


class InTime(Protocol):
    """What a refusal says of a call."""

    title: str
    opens_at: datetime

    @property
    def phase(self) -> str: ...


class CallClosed(Refusal):
    """Applications come between the opening and the closing of a call, and only then."""

    code = "call.closed"

    def __init__(self, call: InTime) -> None:
        opens = date_format(localtime(call.opens_at)) if call.phase == "ahead" else ""
        later = _("It opens on %(day)s.") % {"day": opens} if opens else _("Look for another open call.")
        super().__init__(_("The call “%(title)s” takes no applications now.") % {"title": call.title}, hint=later)


class ApplicationInvalid(Invalid):
    """Something in the application cannot be right whatever else is answered; `fields` says what."""

    code = "application.invalid"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(
            _("Some of the application cannot be right."), hint=_("Mend the fields that are named."), fields=fields
        )


class ApplicationIncomplete(Invalid):
    """A question that the form asks of everyone has no answer yet; `fields` names each."""

    code = "application.incomplete"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(
            _("Some questions of the form are still open."),
            hint=_("Answer those that are named; the draft is kept."),
            fields=fields,
        )


class NotEligible(Refusal):
    """Each reason is a sentence that names the rule."""

    code = "application.not_eligible"

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(
            _("By the rules of this call, the application is not eligible: %(reasons)s")
            % {"reasons": " ".join(reasons)},
            hint=_("If something about the organisation is wrong, mend it and submit again."),
        )


class StateUnfit(Refusal):
    """What was decided stays decided: drafts are written and handed in, submitted ones judged."""

    code = "application.state_unfit"

    def __init__(self, state: str) -> None:
        super().__init__(
            _("The application is in the state “%(state)s”, so this cannot be done with it.")
            % {"state": state_word(state).text},
            hint=_("Its page says what comes next."),
        )


class NotAssessed(Refusal):
    """Nothing is awarded before an evaluator has said that it can be done."""

    code = "application.not_assessed"

    def __init__(self) -> None:
        super().__init__(
            _("Nobody has assessed the application yet."),
            hint=_("An evaluator gives the technical assessment first."),
        )


class NotFeasible(Refusal):
    """One evaluator who says that it cannot be done is enough."""

    code = "application.not_feasible"

    def __init__(self) -> None:
        super().__init__(
            _("An evaluator found that it cannot be done with what was asked for."),
            hint=_("Decline it, or ask the evaluator to look again."),
        )


class OwnApplication(Refusal):
    """Nobody judges what they, or those for whom they speak, asked for."""

    code = "application.own"

    def __init__(self) -> None:
        super().__init__(
            _("You applied, or speak for who applied, so others must decide on it."),
            hint=_("Ask another evaluator, or another operator."),
        )


class AmountUnfit(Refusal):
    """No more is awarded than was asked for, and not nothing."""

    code = "award.amount_unfit"

    def __init__(self, granted: str, most: str) -> None:
        super().__init__(
            _("%(granted)s cannot be awarded where %(most)s were asked for.") % {"granted": granted, "most": most},
            hint=_("Award what was asked for, or less, but something."),
        )
