"""What trust refuses."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid, Refusal
from faur.portal.states import state_word


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


class ThresholdsInvalid(Invalid):
    """A set that could not judge anything; its fields say of each bound what is wrong."""

    code = "thresholds.invalid"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(
            _("These thresholds cannot be committed."), hint=_("Mend the fields that are named."), fields=fields
        )


class NotRegistered(Refusal):
    """Only bytes that were screened can be tested or described."""

    code = "model.not_registered"

    def __init__(self, state: str) -> None:
        super().__init__(
            _("This version is in the state “%(state)s”, so that cannot be done with it.")
            % {"state": state_word(state).text},
            hint=_("Wait until it is registered, or register another run."),
        )


class TestDataSeen(Refusal):
    """The part to test on was mounted into the training run: a test on it would say nothing."""

    __test__ = False
    code = "evaluation.data_seen"

    def __init__(self, split: str) -> None:
        super().__init__(
            _("The run that made this model was given the part “%(split)s” of these data.") % {"split": split},
            hint=_("Choose a part that training never saw."),
        )


class ThresholdsElsewhere(Refusal):
    """A model is judged by what its own project promised."""

    code = "evaluation.thresholds_elsewhere"

    def __init__(self) -> None:
        super().__init__(
            _("These thresholds were committed in another project."),
            hint=_("Choose a set of the model's own project."),
        )


class ItemUnknown(Invalid):
    """Only what Annex IV of the AI Act asks for can be declared."""

    code = "declaration.item_unknown"

    def __init__(self, known: str) -> None:
        message = _("Annex IV has no such item; it has: %(known)s.") % {"known": known}
        super().__init__(message, hint=_("Name one of them."), fields={"item": message})


class TextMissing(Invalid):
    """An empty declaration would pass for an answer."""

    code = "declaration.text_missing"

    def __init__(self) -> None:
        message = _("Write what is to be declared.")
        super().__init__(message, hint=_("It stands in the technical file under your name."), fields={"text": message})


class NotWritten(Refusal):
    """The document is being written, or could not be."""

    code = "document.not_ready"
    transient = True

    def __init__(self, state: str) -> None:
        super().__init__(
            _("This document is in the state “%(state)s”.") % {"state": state_word(state).text},
            hint=_("Look again in a few seconds."),
        )
