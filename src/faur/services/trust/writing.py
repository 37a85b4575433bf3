"""The technical file is assembled and set, after the request that asked for it."""

from django.utils import translation

from faur.kernel import clock
from faur.kernel.actors.actor import SYSTEM
from faur.kernel.blobs import blobs
from faur.kernel.errors import Refusal
from faur.kernel.tasks import Retry, task
from faur.kernel.wiring import wired
from faur.services.trust.answers import read_answers
from faur.services.trust.gathering import evidence_of
from faur.services.trust.models import RiskClassification, TechnicalFile
from faur.services.trust.ports import DocumentFormat, Renderer
from faur.services.trust.requirements import shipped
from faur.services.trust.rules import classify
from faur.services.trust.rulesets import shipped as shipped_ruleset
from faur.services.trust.technical_file import TechnicalFile as Document
from faur.services.trust.technical_file import Tree, assemble


@task(retry=Retry(times=5))
def write_file(pk: int) -> None:
    """Write one file; done already is done."""
    from faur.services.trust.actions.write_technical_file import keep_technical_file

    rows = TechnicalFile.objects.select_related(
        "project", "model_version__model__project__organisation", "model_version__run__job"
    )
    file = rows.get(pk=pk)
    if file.state != TechnicalFile.State.WRITING:
        return
    document = document_of(file)
    content = document.to_json()
    try:
        formats = {kind.value: _stored(content, kind) for kind in DocumentFormat}
    except Refusal as refusal:
        if refusal.transient:
            raise
        TechnicalFile.objects.filter(pk=pk).update(state=TechnicalFile.State.ERROR, message=refusal.message[:1000])
        return
    coverage = {status.value: count for status, count in document.coverage.items()}
    stored = blobs().put([content]).digest
    keep_technical_file(SYSTEM, file, document=stored, formats=formats, coverage=coverage)


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
    if row is None:
        return None
    ruleset = shipped_ruleset()
    return classify(ruleset, read_answers(ruleset, row.answers), row.on).described(ruleset, file.language)
