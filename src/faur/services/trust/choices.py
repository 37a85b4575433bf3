"""What a version can be tested on, by which bounds, and at whose charge."""

from dataclasses import dataclass

from faur.kernel.actors.actor import Actor
from faur.kernel.record import places
from faur.kernel.units import Unit
from faur.services.compute.public import most
from faur.services.data.public import DatasetVersion, Purpose, usable_versions
from faur.services.models.public import ModelVersion
from faur.services.projects.public import Allocation
from faur.services.trust import queries
from faur.services.trust.evaluators import evaluation_resources
from faur.services.trust.models import ThresholdSet
from faur.services.trust.rules import committed_in_time

MOST_VERSIONS = 100
MOST_SETS = 100


@dataclass(frozen=True, slots=True)
class Choices:
    """`thresholds`: each set, and whether it was committed before the run began; those in time come first."""

    parts: tuple[tuple[DatasetVersion, str], ...]
    thresholds: tuple[tuple[ThresholdSet, bool], ...]
    allocations: tuple[Allocation, ...]

    @property
    def held(self) -> tuple[int, str] | None:
        """What an evaluation could use at most: amount and unit on the first allocation."""
        if not self.allocations:
            return None
        unit = Unit(self.allocations[0].unit)
        resources, duration = evaluation_resources(unit)
        return most(resources, duration, unit), unit


def choices_for(actor: Actor, version: ModelVersion) -> Choices:
    """What the actor can choose for an evaluation of `version`; five queries."""
    project = version.model.project
    given = {digest for one in version.run.inputs.values() for digest in one.get("files", [])}
    usable = usable_versions(actor, project, Purpose.EVALUATION)[:MOST_VERSIONS]
    parts = [(one, split) for one in usable for split in one.splits if not given & _digests(one, split)]
    sets = list(queries.threshold_sets(actor, project=project.uid)[:MOST_SETS])
    started = places([version.run.uid], "training.start_run").get(version.run.uid, (project.uid, None))
    committed = queries.committed(sets)
    timely = [(one, committed_in_time(committed.get(one.uid, (project.uid, None))[1], started[1])) for one in sets]
    allocations = queries.usable_allocations(actor, project)
    return Choices(tuple(parts), tuple(sorted(timely, key=lambda pair: not pair[1])), tuple(allocations))


def _digests(version: DatasetVersion, split: str) -> set[str]:
    return {str(file["digest"]) for file in version.files if file["split"] == split}
