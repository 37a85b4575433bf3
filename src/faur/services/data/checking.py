"""After publication: every file of a version is looked into, and the version is let in or refused."""

from faur.kernel.actors.actor import SYSTEM
from faur.kernel.blobs import Digest
from faur.kernel.tasks import Retry, task
from faur.kernel.wiring import wired
from faur.services.data.models import DatasetVersion
from faur.services.data.ports import Inspected, TableInspector


@task(retry=Retry(times=5))
def check_version(pk: int) -> None:
    """Check one version; done already is done."""
    from faur.services.data.actions.decide_version import accept_version, refuse_version

    version = DatasetVersion.objects.with_dataset().get(pk=pk)
    if version.state != DatasetVersion.State.CHECKING:
        return
    inspector, found = wired(TableInspector), []
    for file in version.files:
        inspected = inspector.inspect(Digest(file["digest"]), file["path"])
        if inspected.code:
            refuse_version(SYSTEM, version, code=inspected.code, sentence=_named(file["path"], inspected))
            return
        found.append(inspected)
    accept_version(SYSTEM, version, found=found)


def _named(path: str, inspected: Inspected) -> str:
    sentence = inspected.sentence
    return sentence if path in sentence else f"{path}: {sentence}"
