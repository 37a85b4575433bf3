"""The technical file is assembled and set, after the request that asked for it."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from faur.kernel import clock
from faur.kernel.actors.actor import SYSTEM
from faur.kernel.blobs import blobs
from faur.kernel.errors import Refusal
from faur.kernel.tasks import Retry, task
from faur.kernel.wiring import wired
from faur.services.trust.gathering import evidence_of
from faur.services.trust.models import RiskClassification, TechnicalFile
from faur.services.trust.ports import DocumentFormat, Renderer
from faur.services.trust.queries import explained
from faur.services.trust.requirements import shipped
from faur.services.trust.technical_file import TechnicalFile as Document
from faur.services.trust.technical_file import Tree, assemble


def _not_written(pk: int) -> None:
    """No try is left: a file must not be written for ever."""
    if file := TechnicalFile.objects.still_writing(pk):
        file.give_up(_("The file could not be written. Ask for it again; if it stays, tell the operator."))


@task(retry=Retry(times=5), gave_up=_not_written)
def write_file(pk: int) -> None:
    """Write one file; done already is done."""
    file = TechnicalFile.objects.with_origin().get(pk=pk)
    if file.state != TechnicalFile.State.WRITING:
        return
    document = document_of(file)
    content = document.to_json()
    try:
        formats = {kind.value: _stored(content, kind) for kind in DocumentFormat}
    except Refusal as refusal:
        if refusal.transient:
            raise
        file.give_up(refusal.message)
        return
    stored = blobs().put([content]).digest
    _keep(pk, stored, formats, {status.value: count for status, count in document.coverage.items()})


def _keep(pk: int, document: str, formats: dict[str, str], coverage: dict[str, int]) -> None:
    from faur.services.trust.actions.write_technical_file import keep_technical_file

    with transaction.atomic():
        if file := TechnicalFile.objects.still_writing(pk):
            keep_technical_file(SYSTEM, file, document=document, formats=formats, coverage=coverage)


def _stored(content: bytes, kind: DocumentFormat) -> str:
    return blobs().put([wired(Renderer).render(content, kind)]).digest


def document_of(file: TechnicalFile) -> Document:
    """The technical file as it stands now, in the language asked for."""
    with translation.override(file.language):
        return assemble(
            evidence_of(file.model_version),
            shipped(),
            _classification(file),
            language=file.language,
            generated_at=clock.now().isoformat(timespec="seconds"),
        )


def _classification(file: TechnicalFile) -> Tree | None:
    """The last classification of the model, worked out again from its answers on its own day."""
    row = RiskClassification.objects.filter(model=file.model_version.model).order_by("-pk").first()
    return explained(row, file.language) if row else None
