"""Checking found a file that cannot be used: the version is refused, for a reason that its page shows."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.data import rules
from faur.services.data.errors import VersionDecided
from faur.services.data.models import DatasetVersion
from faur.services.data.rights import only_the_factory

LONGEST = 1000


@action("data.refuse_version", may=only_the_factory)
def refuse_version(actor: Actor, version: DatasetVersion, *, code: str, sentence: str) -> Statement[None]:
    """Nobody can use it; another one takes its place. Raises VersionDecided."""
    version.lock()
    if version.state != DatasetVersion.State.CHECKING:
        raise VersionDecided(version.state)
    version.state = DatasetVersion.State.REFUSED
    version.refusal_code = code
    version.refusal = str(rules.storable(sentence))[:LONGEST]
    version.save(update_fields=["state", "refusal_code", "refusal"])
    claims = {"dataset_version": version.uid, "manifest": version.manifest, "code": code}
    return Statement(chain=version.dataset.project.uid, subjects=[version, version.dataset], claims=claims)
