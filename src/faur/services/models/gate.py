"""What the record says about a version, for the gate: read anew each time, never kept."""

from faur.kernel.record import entries_about
from faur.services.models import rules
from faur.services.models.models import ModelVersion

EVALUATED, CLASSIFIED = "trust.finish_evaluation", "trust.classify"


def gaps_of(version: ModelVersion) -> list[rules.Gap]:
    """What stands between this version and its promotion; two queries."""
    evaluation = entries_about(version.manifest, EVALUATED).last() if version.manifest else None
    classification = entries_about(version.model.uid, CLASSIFIED).last()
    return rules.gaps(
        rules.evaluated_by(evaluation.claims if evaluation else None),
        rules.tiers_of(classification.claims if classification else None),
    )


def grounds_of(version: ModelVersion) -> dict[str, str]:
    """The entries on which a promotion rests, by what they show."""
    found = {
        "evaluation": entries_about(version.manifest, EVALUATED).last(),
        "classification": entries_about(version.model.uid, CLASSIFIED).last(),
    }
    return {name: str(entry) for name, entry in found.items() if entry is not None}
