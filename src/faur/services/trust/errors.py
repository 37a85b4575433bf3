"""What trust refuses."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus

from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid, Refusal, Unavailable


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


class DocumentNotRendered(Refusal):
    """The document could not be set in that format."""

    code = "technical_file.not_rendered"
    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, document_format: str, why: str) -> None:
        super().__init__(
            _("The document could not be written as %(format)s.") % {"format": document_format},
            hint=_("The other formats may still work; show this to the operator: %(why)s") % {"why": why},
        )


class RendererOverloaded(Unavailable):
    """Setting the document took longer than it may."""

    code = "technical_file.too_slow"

    def __init__(self, document_format: str, seconds: float) -> None:
        super().__init__(
            _("Writing the document as %(format)s took longer than %(seconds)d seconds and was ended.")
            % {"format": document_format, "seconds": seconds},
            hint=_("Try again when the machine is less busy."),
        )
