"""The technical file: for every item of Annex IV what the record holds, what a person declared, what is missing.

It is assembled, never written: no sentence in it is a guess, and it never says how compliant a system is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from faur.kernel.record.jcs import canonical
from faur.services.trust.bindings import BINDINGS
from faur.services.trust.content import Content, Draft, Paragraph, Table
from faur.services.trust.evidence import DECLARED, Declaration, Evidence, EvidenceRef
from faur.services.trust.requirements import Requirement, Requirements, words
from faur.services.trust.rules import HumanPart, ItemStatus, item_status
from faur.services.trust.words import Words, known_language

FORMAT = "faur.technical-file/1"
CONTEXT = {
    "@vocab": "urn:faur:technical-file#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "title": "dcterms:title",
    "language": "dcterms:language",
    "generated_at": "prov:generatedAtTime",
    "evidence": "prov:wasDerivedFrom",
}
_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")

Tree = Mapping[str, Any]  # Any: a JSON tree


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its status with the reason, and what stands under it."""

    requirement: Requirement
    status: ItemStatus
    why: str
    lacks: tuple[str, ...]
    blocks: tuple[Paragraph | Table, ...]
    evidence: tuple[EvidenceRef, ...]


@dataclass(frozen=True, slots=True)
class TechnicalFile:
    """The whole file in one language. `generated_at` is ISO 8601; `classification` is `Classification.described`."""

    language: str
    generated_at: str
    system: Mapping[str, str]
    provider: Mapping[str, str]
    requirements: Requirements
    classification: Tree | None
    classification_ref: EvidenceRef | None
    items: tuple[Item, ...]

    @property
    def coverage(self) -> Mapping[ItemStatus, int]:
        """How many items have each status; the four add up to all of them."""
        return {status: sum(item.status is status for item in self.items) for status in ItemStatus}

    @property
    def gaps(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.status is ItemStatus.MISSING)

    def to_json(self) -> bytes:
        """The file as canonical JSON (RFC 8785): the same evidence gives the same bytes.

        Its shape is technical-file.schema.json. NUL and half a surrogate pair, which no format can carry, are U+FFFD.
        """
        return canonical(_carried(_described(self)))


def assemble(
    evidence: Evidence,
    requirements: Requirements,
    classification: Tree | None,
    *,
    language: str,
    generated_at: str,
) -> TechnicalFile:
    """Fill each item from `evidence`; `classification` is the outcome of `Classification.described` in `language`.

    Raises:
        KeyError: the requirements name a binding that does not exist.
    """
    language = known_language(language)
    said = words(language)
    return TechnicalFile(
        language=language,
        generated_at=generated_at,
        system=_system(evidence),
        provider=_provider(evidence),
        requirements=requirements,
        classification=classification,
        classification_ref=evidence.classification_ref,
        items=tuple(_item(requirement, evidence, said) for requirement in requirements.items),
    )


def _item(requirement: Requirement, evidence: Evidence, said: Words) -> Item:
    draft = Draft(said)
    BINDINGS[requirement.binding](evidence, draft)
    facts = draft.content()
    declaration = evidence.declarations.get(requirement.id)
    if declaration:
        draft.quote(declaration.text, declaration.by, declaration.ref)
    status = item_status(
        human=requirement.human,
        declared=declaration is not None,
        facts=bool(facts.evidence) and not facts.lacks,
        weak=any(ref.strength == DECLARED for ref in facts.evidence),
        excused=declaration is not None and declaration.excuses,
    )
    content = draft.content()
    lacks = () if status is ItemStatus.NOT_APPLICABLE else _lacks(requirement, facts, declaration, said)
    why = _why(status, lacks, said, in_part=bool(facts.evidence))
    return Item(requirement, status, why, lacks, content.blocks, content.evidence)


def _lacks(requirement: Requirement, facts: Content, declaration: Declaration | None, said: Words) -> tuple[str, ...]:
    silent = requirement.human is HumanPart.REQUIRED or not (facts.evidence or facts.lacks)
    return (*facts.lacks, said("lack.human")) if declaration is None and silent else facts.lacks


def _why(status: ItemStatus, lacks: tuple[str, ...], said: Words, *, in_part: bool) -> str:
    reasons = {
        ItemStatus.EVIDENCED: ["why.evidenced"],
        ItemStatus.DECLARED: ["why.declared_in_part" if in_part else "why.declared"],
        ItemStatus.NOT_APPLICABLE: ["why.not_applicable"],
    }
    sentences = [said(key) for key in reasons.get(status, [])]
    return " ".join([*sentences, said("why.missing", lacks=", ".join(lacks))] if lacks else sentences)


def _system(evidence: Evidence) -> Mapping[str, str]:
    model, project = evidence.model, evidence.project
    facts = {
        "name": model and (model.title or model.name),
        "version": model and str(model.number),
        "uid": model and model.uid,
        "digest": model and model.digest,
        "purpose": model and model.purpose,
        "project": project and project.title,
        "project_uid": project and project.uid,
    }
    return {key: value or "" for key, value in facts.items()}


def _provider(evidence: Evidence) -> Mapping[str, str]:
    provider = evidence.provider
    if provider is None:
        return {"name": "", "country": "", "identifier": ""}
    return {"name": provider.name, "country": provider.country, "identifier": provider.identifier}


def _described(file: TechnicalFile) -> Tree:
    said = words(file.language)
    requirements = file.requirements
    return {
        "@context": CONTEXT,
        "@type": "TechnicalFile",
        "format": FORMAT,
        "language": file.language,
        "title": requirements.title.in_language(file.language),
        "generated_at": file.generated_at,
        "system": file.system,
        "provider": file.provider,
        "requirements": {
            "id": requirements.id,
            "version": requirements.version,
            "digest": requirements.digest,
            "instrument": requirements.instrument.in_language(file.language),
        },
        "classification": file.classification,
        "classification_evidence": file.classification_ref and _reference(file.classification_ref, said),
        "coverage": {status.value: count for status, count in file.coverage.items()},
        "gaps": [item.requirement.id for item in file.gaps],
        "groups": [{"id": group, "title": title.in_language(file.language)} for group, title in requirements.groups],
        "items": [_described_item(item, said) for item in file.items],
        "words": _document_words(said),
    }


def _described_item(item: Item, said: Words) -> Tree:
    requirement = item.requirement
    return {
        "id": requirement.id,
        "group": requirement.group,
        "title": requirement.title.in_language(said.language),
        "asks": requirement.asks.in_language(said.language),
        "human": requirement.human.value,
        "source_level": requirement.source_level.value,
        "status": item.status.value,
        "why": item.why,
        "lacks": item.lacks,
        "blocks": [_block(block) for block in item.blocks],
        "evidence": [_reference(ref, said) for ref in item.evidence],
    }


def _block(block: Paragraph | Table) -> Tree:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text, "by": block.by, "rests_on": block.rests_on}
    return {
        "kind": "table",
        "caption": block.caption,
        "head": block.head,
        "rows": block.rows,
        "numeric": block.numeric,
        "rests_on": block.rests_on,
    }


def _reference(ref: EvidenceRef, said: Words) -> Tree:
    return {
        "entry": ref.entry,
        "hash": ref.hash,
        "verb": ref.verb,
        "strength": ref.strength,
        "at": ref.at,
        "when": said.moment(ref.at),
        "digest": ref.digest,
    }


def _document_words(said: Words) -> Tree:
    """The fixed words that a renderer needs, so that it speaks no language itself."""
    families = ("document.", "status.", "strength.", "class.")
    return {key: text.in_language(said.language) for key, text in said.texts.items() if key.startswith(families)}


def _carried(value: Any) -> Any:  # Any: a JSON tree in, the same tree out
    if isinstance(value, str):
        return _NO_CHARACTER.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {key: _carried(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_carried(each) for each in value]
    return value
