"""What the registry refuses, and how to go on."""

from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid, Refusal


class NameInvalid(Invalid):
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


class NotEvaluated(Refusal):
    code = "model.not_evaluated"

    def __init__(self) -> None:
        super().__init__(
            _("The record shows no evaluation of this version."),
            hint=_("Evaluate it against thresholds that were committed before the run."),
        )


class EvaluationFailed(Refusal):
    code = "model.evaluation_failed"

    def __init__(self, verdict: str) -> None:
        super().__init__(
            _("The last evaluation of this version ended as: %(verdict)s.") % {"verdict": verdict},
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
    code = "model.not_classified"

    def __init__(self) -> None:
        super().__init__(
            _("The record shows no classification of this model under the AI Act."),
            hint=_("Answer the questionnaire on the model's page."),
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
    code = "model.state_unfit"

    def __init__(self, state: str) -> None:
        super().__init__(
            _("A version that is %(state)s does not go that way.") % {"state": state},
            hint=_("Only a registered version can be promoted, and only a promoted one retired."),
        )


class ReasonMissing(Invalid):
    code = "model.reason_missing"

    def __init__(self) -> None:
        message = _("Say why, in a sentence.")
        super().__init__(message, hint=_("It stays in the record."), fields={"reason": message})
