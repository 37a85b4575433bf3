"""What the front office refuses, and how to go on."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid, Refusal


class CallInvalid(Invalid):
    code = "call.invalid"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(
            _("The call cannot be opened like this."), hint=_("Mend the fields that are named."), fields=fields
        )


class CallClosed(Refusal):
    code = "call.closed"

    def __init__(self, title: str, opens: datetime | None = None) -> None:
        later = _("It opens on %(day)s.") % {"day": date_format(opens)} if opens else _("Look for another open call.")
        super().__init__(_("The call “%(title)s” takes no applications now.") % {"title": title}, hint=later)


class ApplicationInvalid(Invalid):
    code = "application.invalid"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(
            _("Some of the application cannot be right."), hint=_("Mend the fields that are named."), fields=fields
        )


class ApplicationIncomplete(Invalid):
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
    code = "application.state_unfit"

    def __init__(self, state: str) -> None:
        super().__init__(
            _("The application is %(state)s, so this cannot be done with it.") % {"state": state},
            hint=_("Its page says what comes next."),
        )


class NotAssessed(Refusal):
    code = "application.not_assessed"

    def __init__(self) -> None:
        super().__init__(
            _("Nobody has assessed the application as feasible yet."),
            hint=_("An evaluator gives the technical assessment first."),
        )


class OwnApplication(Refusal):
    """Nobody judges what they asked for themselves."""

    code = "application.own"

    def __init__(self) -> None:
        super().__init__(
            _("You handed this application in, so others must decide on it."), hint=_("Ask another evaluator.")
        )


class AmountTooLarge(Refusal):
    code = "award.too_large"

    def __init__(self, asked: str, most: str) -> None:
        super().__init__(
            _("%(asked)s is more than the %(most)s that were asked for.") % {"asked": asked, "most": most},
            hint=_("Award what was asked for, or less."),
        )
