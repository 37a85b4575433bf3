"""The evidence bundle is written after the request that asked for it, and kept in the store."""

import tempfile
from collections.abc import Iterator

from django.utils.translation import gettext as _

from faur.kernel.blobs import Digest, Stored, blobs
from faur.kernel.config import config
from faur.kernel.errors import Refusal
from faur.kernel.record import export_bundle
from faur.kernel.tasks import Retry, task
from faur.services.trust.models import Bundle, TechnicalFile

CHUNK = 1 << 20
IN_MEMORY = 16 * 1024 * 1024


def _not_written(pk: int) -> None:
    """No try is left: a bundle must not be written for ever."""
    if bundle := Bundle.objects.still_writing(pk):
        bundle.give_up(_("The bundle could not be written. Ask for it again; if it stays, tell the operator."))


@task(retry=Retry(times=5), gave_up=_not_written)
def write_bundle(pk: int) -> None:
    """Write one bundle; done already is done."""
    bundle = Bundle.objects.select_related("project").get(pk=pk)
    if bundle.state != Bundle.State.WRITING:
        return
    try:
        stored, entries = _write(bundle)
    except Refusal as refusal:
        if refusal.transient:
            raise
        bundle.give_up(refusal.message)
        return
    Bundle.objects.filter(pk=pk, state=Bundle.State.WRITING).update(
        state=Bundle.State.READY, digest=stored.digest, size=stored.size, entries=entries
    )


def _write(bundle: Bundle) -> tuple[Stored, int]:
    """The bundle in the store, and how many entries it holds. Large ones go through a file of the home, not memory."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, dir=str(config().root)) as draft:
        exported = export_bundle(bundle.project.uid, draft, _documents(bundle))
        draft.seek(0)
        return blobs().put(iter(lambda: draft.read(CHUNK), b"")), exported.entries


def _documents(bundle: Bundle) -> dict[str, Iterator[bytes]]:
    """The newest technical file of each model version, in each format."""
    rows = TechnicalFile.objects.filter(project=bundle.project, state=TechnicalFile.State.READY).order_by("pk")
    newest = {row.model_version_id: row for row in rows}
    return {
        f"technical-files/{row.uid}.{kind}": _read_in_its_turn(Digest(digest))
        for row in newest.values()
        for kind, digest in sorted(row.formats.items())
    }


def _read_in_its_turn(digest: Digest) -> Iterator[bytes]:
    """Opened when it is read: a project may have more documents than a process may hold files open."""
    yield from blobs().open(digest)
