"""What trust refuses."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid


class AnswersInvalid(Invalid):
    """An answer is none that its question allows."""

    code = "classification.answers_invalid"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(
            _("Some answers cannot be read: %(questions)s.") % {"questions": ", ".join(sorted(fields))},
            hint=_("Answer yes, no or unknown, one of the choices, or a number of at least nought."),
            fields=fields,
        )


class RulesetDoesNotCover(Invalid):
    """The day asked about lies before the law that the rule set describes."""

    code = "classification.day_not_covered"

    def __init__(self, instrument: str, on: date, valid_from: date) -> None:
        super().__init__(
            _("%(instrument)s is described from %(valid_from)s on, not for %(on)s.")
            % {"instrument": instrument, "valid_from": valid_from.isoformat(), "on": on.isoformat()},
            hint=_("Ask about a later day."),
        )
