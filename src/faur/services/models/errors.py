"""What the registry refuses, and how to go on."""

from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid, Refusal
from faur.portal.states import state_word


class NameInvalid(Invalid):
    """The name of a model becomes part of file names and addresses."""

    code = "model.name_invalid"

    def __init__(self) -> None:
        message = _("Three to fifty lower-case letters, digits and hyphens, beginning with a letter.")
        super().__init__(message, hint=_("For example: second-reader."), fields={"name": message})


class RunHasNoModel(Refusal):
    """The run did not end well, or left no model."""

    code = "model.nothing_to_register"

    def __init__(self) -> None:
        super().__init__(
            _("This run left no model that could be registered."),
            hint=_("A run must be completed and have written a model; its page shows what it left."),
        )


class RunElsewhere(Invalid):
    """The request names a project that is not the run's: one of the two is a mistake."""

    code = "model.run_elsewhere"

    def __init__(self) -> None:
        message = _("This run belongs to another project.")
        super().__init__(message, hint=_("Leave the project out, or name the run's own."), fields={"project": message})


class NotEvaluated(Refusal):
    """The record shows no evaluation of these very bytes."""

    code = "model.not_evaluated"

    def __init__(self) -> None:
        super().__init__(
            _("The record shows no evaluation of this version."),
            hint=_("Evaluate it against thresholds that were committed before the run."),
        )


class EvaluationFailed(Refusal):
    """The last evaluation of these bytes did not meet every committed threshold."""

    code = "model.evaluation_failed"

    def __init__(self, verdict: str) -> None:
        super().__init__(
            _("The last evaluation of this version ended as: %(verdict)s.") % {"verdict": state_word(verdict).text},
            hint=_("Every committed threshold must be met, with its whole confidence interval."),
        )


class ThresholdsLate(Refusal):
    """Article 9(8) of the AI Act asks for metrics and thresholds defined beforehand."""

    code = "model.thresholds_late"

    def __init__(self) -> None:
        super().__init__(
            _("The thresholds of the evaluation were committed after the run that made this model had begun."),
            hint=_("Commit thresholds first, train again, and evaluate that run's model."),
        )


class NotClassified(Refusal):
    """Nobody has said what the model is for in the terms of the AI Act."""

    code = "model.not_classified"

    def __init__(self) -> None:
        super().__init__(
            _("The record shows no classification of this model under the AI Act."),
            hint=_("Answer the questionnaire on the model's page."),
        )


class PurposeChanged(Refusal):
    """A classification is of an intended purpose; with another one it says nothing."""

    code = "model.purpose_changed"

    def __init__(self) -> None:
        super().__init__(
            _("The intended purpose of this model was changed after it was classified."),
            hint=_("Classify it again, for what it is meant for now."),
        )


class ClassificationOpen(Refusal):
    """What cannot be ruled out yet may be prohibited."""

    code = "model.classification_open"

    def __init__(self) -> None:
        super().__init__(
            _("The classification of this model leaves open what it is under the AI Act."),
            hint=_("Classify again, and answer the questions that its page still shows as open."),
        )


class Prohibited(Refusal):
    """Article 5 of the AI Act."""

    code = "model.prohibited"

    def __init__(self) -> None:
        super().__init__(
            _("By its classification, the intended use of this model is prohibited in the Union."),
            hint=_("If an answer was wrong, classify again; otherwise this model cannot be used."),
        )


class StateUnfit(Refusal):
    """Registered, promoted, retired: a version goes this way and no other."""

    code = "model.state_unfit"

    def __init__(self, state: str) -> None:
        super().__init__(
            _("A version that is %(state)s does not go that way.") % {"state": state_word(state).text},
            hint=_("Only a registered version can be promoted, and only a promoted one retired."),
        )


class ReasonMissing(Invalid):
    """A promotion or a retirement without a reason would tell an auditor nothing."""

    code = "model.reason_missing"

    def __init__(self) -> None:
        message = _("Say why, in a sentence.")
        super().__init__(message, hint=_("It stays in the record."), fields={"reason": message})
