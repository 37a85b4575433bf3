"""After publication: every file of a version is looked into, and the version is let in or refused."""

from django.utils.translation import gettext as _

from faur.kernel.actors.actor import SYSTEM
from faur.kernel.blobs import Digest
from faur.kernel.tasks import Retry, task
from faur.kernel.wiring import wired
from faur.services.data import rules
from faur.services.data.models import DatasetVersion
from faur.services.data.ports import Inspected, TableInspector


def refuse_unchecked(pk: int) -> None:
    """No try is left: whatever brings the inspector down every time is not fit, and nobody waits for ever."""
    from faur.services.data.actions.refuse_version import refuse_version

    version = DatasetVersion.objects.with_dataset().get(pk=pk)
    if version.state == DatasetVersion.State.CHECKING:
        refuse_version(SYSTEM, version, code="data.unchecked", sentence=_("The files could not be looked into."))


@task(retry=Retry(times=8), gave_up=refuse_unchecked)
def check_version(pk: int) -> None:
    """Check one version; done already is done."""
    from faur.services.data.actions.accept_version import accept_version
    from faur.services.data.actions.refuse_version import refuse_version

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
    if (columns := rules.columns_in([one.profile for one in found])) > rules.MOST_COLUMNS:
        refuse_version(SYSTEM, version, code="data.too_many_columns", sentence=_too_many(columns))
        return
    accept_version(SYSTEM, version, found=found)


def _named(path: str, inspected: Inspected) -> str:
    sentence = inspected.sentence
    return sentence if path in sentence else f"{path}: {sentence}"


def _too_many(columns: int) -> str:
    most = rules.MOST_COLUMNS
    return _("Together the files have %(columns)s columns; %(most)s is the most.") % {"columns": columns, "most": most}
