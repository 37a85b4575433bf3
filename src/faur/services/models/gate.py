"""What the record says about a version, for the gate: read anew each time, never kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from faur.kernel.errors import Refusal
from faur.kernel.record import Entry, entries_about
from faur.services.models import errors, rules
from faur.services.models.models import ModelVersion
from faur.services.models.rules import Classified, Gap

EVALUATED, CLASSIFIED, REGISTERED = "trust.finish_evaluation", "trust.classify", "models.register_model"

_REFUSALS: dict[Gap, type[Refusal]] = {
    Gap.NOT_EVALUATED: errors.NotEvaluated,
    Gap.THRESHOLDS_LATE: errors.ThresholdsLate,
    Gap.NOT_CLASSIFIED: errors.NotClassified,
    Gap.PURPOSE_CHANGED: errors.PurposeChanged,
    Gap.PROHIBITED: errors.Prohibited,
    Gap.CLASSIFICATION_OPEN: errors.ClassificationOpen,
}


@dataclass(frozen=True, slots=True)
class Grounds:
    """The latest entries of the version's own project on which its promotion rests, and what is missing in them."""

    evaluation: Entry | None
    classification: Entry | None
    gaps: tuple[Gap, ...]

    def refusals(self) -> list[Refusal]:
        """What is missing, in words, in the order in which it should be mended."""
        return [self._refusal(gap) for gap in self.gaps]

    def places(self) -> dict[str, str]:
        """The entries by what they show, as a claim of the record has them."""
        found = {"evaluation": self.evaluation, "classification": self.classification}
        return {name: str(entry) for name, entry in found.items() if entry is not None}

    def _refusal(self, gap: Gap) -> Refusal:
        if gap is Gap.EVALUATION_FAILED:
            return errors.EvaluationFailed(str(self.evaluation.claims.get("verdict")) if self.evaluation else "")
        return _REFUSALS[gap]()  # type: ignore[call-arg]  # those in the table say all by themselves


def grounds_of(version: ModelVersion) -> Grounds:
    """What the record shows for this version (with its model and project); one query.

    Another project's chain never counts, even where it names the same bytes.
    """
    told = _told_of(version)
    evaluation, classification = _last(told, EVALUATED), _last(told, CLASSIFIED)
    evaluated = rules.evaluated_by(evaluation.claims if evaluation else None)
    gaps = rules.gaps(evaluated, _classified(version, classification, told))
    return Grounds(evaluation, classification, tuple(gaps))


def gaps_of(version: ModelVersion) -> list[Gap]:
    """What stands between this version and its promotion; one query."""
    return list(grounds_of(version).gaps)


def _told_of(version: ModelVersion) -> list[Entry]:
    """What its project's chain says about the version, and about its model, in the order of writing.

    The same bytes under another name are meant for something else: what was measured there does not count here.
    """
    about = entries_about(version.uid, EVALUATED)
    for verb in (CLASSIFIED, REGISTERED):
        about = about | entries_about(version.model.uid, verb)
    return list(about.filter(chain=version.model.project.uid).defer("body").order_by("seq"))


def _last(told: Sequence[Entry], verb: str, before: int | None = None) -> Entry | None:
    """The last of that verb, of those with a smaller number than `before` where it is given."""
    fitting = [entry for entry in told if entry.verb == verb and (before is None or entry.seq < before)]
    return fitting[-1] if fitting else None


def _classified(version: ModelVersion, entry: Entry | None, told: Sequence[Entry]) -> Classified | None:
    """The classification, held against the purpose that the record had for the model when it was made."""
    if entry is None:
        return None
    named = _last(told, REGISTERED, before=entry.seq)
    purpose = named.claims.get("intended_purpose") if named else None
    return Classified(rules.tiers_of(entry.claims), same_purpose=purpose == version.model.intended_purpose)
