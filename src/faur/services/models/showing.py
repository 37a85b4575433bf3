"""How the registry shows what is missing: each gap with the next thing to do about it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from faur.services.models.gate import Grounds
from faur.services.models.models import ModelVersion
from faur.services.models.rules import Gap


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing in a sentence, how to go on, and the next action: its title and URL, where there is one."""

    message: str
    hint: str
    action: str = ""
    url: str = ""


def missing_of(grounds: Grounds, version: ModelVersion) -> list[Missing]:
    """What stands between the version and its promotion."""
    return [
        Missing(refusal.message, refusal.hint, *_next(gap, version))
        for gap, refusal in zip(grounds.gaps, grounds.refusals(), strict=True)
    ]


def _next(gap: Gap, version: ModelVersion) -> tuple[str, str]:
    """The pages are those of later services, found by their names."""
    evaluate = (_("Evaluate this version"), f"{reverse('evaluation-new')}?version={version.uid}")
    classify = (_("Classify the model"), f"{reverse('questionnaire')}?model={version.model.uid}")
    return {
        Gap.NOT_EVALUATED: evaluate,
        Gap.EVALUATION_FAILED: (_("Evaluate it again"), evaluate[1]),
        Gap.THRESHOLDS_LATE: (
            _("Commit thresholds for the next run"),
            f"{reverse('thresholds-new')}?project={version.model.project.uid}",
        ),
        Gap.NOT_CLASSIFIED: classify,
        Gap.PURPOSE_CHANGED: (_("Classify it again"), classify[1]),
        Gap.CLASSIFICATION_OPEN: (_("Answer what is open"), classify[1]),
        Gap.PROHIBITED: (_("Classify it again"), classify[1]),
    }[gap]
