"""The technical file of a version is written from the record, in every format, as it stands today."""

from collections.abc import Mapping

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Subject
from faur.services.models.public import ModelVersion
from faur.services.projects.public import may_work_in
from faur.services.trust.errors import NotRegistered
from faur.services.trust.models import TechnicalFile
from faur.services.trust.words import known_language
from faur.services.trust.writing import write_file

BEFORE_SCREENING = frozenset({ModelVersion.State.SCREENING, ModelVersion.State.REFUSED})


def may_ask(actor: Actor, version: ModelVersion) -> bool:
    return may_work_in(actor, version.model.project)


def _only_the_factory(actor: Actor, _: TechnicalFile) -> bool:
    return actor.is_system


@action("trust.ask_technical_file", may=may_ask)
def ask_technical_file(actor: Actor, version: ModelVersion, *, language: str) -> Statement[TechnicalFile]:
    """Have the file written; it is `ready` some seconds later. Raises NotRegistered: there are no bytes to describe."""
    if version.state in BEFORE_SCREENING:
        raise NotRegistered(version.state)
    file = TechnicalFile(project=version.model.project, model_version=version, language=known_language(language))
    file.save()
    write_file.enqueue(file.pk)
    claims = {"technical_file": file.uid, "model_version": version.uid, "language": file.language}
    return Statement(chain=file.project.uid, subjects=[file, version], claims=claims, result=file)


@action("trust.write_technical_file", may=_only_the_factory)
def keep_technical_file(
    actor: Actor, file: TechnicalFile, *, document: str, formats: Mapping[str, str], coverage: Mapping[str, int]
) -> Statement[None]:
    """The file was written: these are its bytes in each format, and how many items have which status."""
    file.state = TechnicalFile.State.READY
    file.document, file.formats, file.coverage = document, dict(formats), dict(coverage)
    file.save()
    version = file.model_version
    return Statement(
        chain=file.project.uid,
        subjects=[Subject(file.uid, digest=document), version, *(Subject("", digest=one) for one in formats.values())],
        claims={
            "technical_file": file.uid,
            "model_version": version.uid,
            "model": version.manifest,
            "document": document,
            "formats": dict(formats),
            "coverage": dict(coverage),
        },
    )
