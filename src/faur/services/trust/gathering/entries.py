"""The entries that evidence rests on, found once and looked up by verb and subject."""

from collections.abc import Iterable
from typing import Any

from faur.kernel.record import FACTORY_CHAIN, Entry
from faur.services.trust.evidence import EvidenceRef

Claims = dict[str, Any]  # Any: JSON

VERBS = (
    "projects.found_project",
    "data.create_dataset",
    "data.edit_dataset",
    "data.accept_version",
    "data.agree_contract",
    "data.approve_contract",
    "trust.commit_thresholds",
    "training.start_run",
    "training.finish_run",
    "compute.start_job",
    "compute.end_job",
    "models.register_model",
    "models.accept_model",
    "models.promote_model",
    "trust.finish_evaluation",
    "trust.classify",
    "trust.declare_item",
    "serving.open_endpoint",
    "serving.endpoint_ready",
    "serving.stop_endpoint",
)


class Entries:
    """The entries of a project's chain that evidence can rest on, and those of the factory's that founded it."""

    def __init__(self, rows: Iterable[Entry]) -> None:
        self._by_verb: dict[str, list[Entry]] = {}
        for row in rows:
            self._by_verb.setdefault(row.verb, []).append(row)

    @classmethod
    def of_project(cls, project: str, recipe_manifest: str) -> "Entries":
        """Three queries, without the bytes that were hashed."""
        own = Entry.objects.on_chain(project).filter(verb__in=VERBS)
        award = Entry.objects.about(project).filter(chain=FACTORY_CHAIN, verb="access.award")
        recipe = Entry.objects.about(recipe_manifest).filter(chain=FACTORY_CHAIN, verb="library.add_recipe")
        return cls(row for rows in (own, award, recipe) for row in rows.defer("body"))

    def all(self, verb: str) -> list[Entry]:
        """In the order of the chain."""
        return self._by_verb.get(verb, [])

    def last(self, verb: str, about: str = "") -> Entry | None:
        """The last one, of those that name `about` where it is given."""
        for row in reversed(self.all(verb)):
            if not about or any(about in (subject.get("uid"), subject.get("digest")) for subject in row.subjects):
                return row
        return None

    def ref(self, verb: str, about: str = "") -> EvidenceRef | None:
        row = self.last(verb, about)
        return ref_to(row, about) if row else None


def ref_to(row: Entry, about: str = "") -> EvidenceRef:
    """The row as evidence about a thing: with the digest under which the entry names it, if it does."""
    digests = [subject.get("digest", "") for subject in row.subjects if about in ("", subject.get("uid"))]
    return EvidenceRef(
        chain=row.chain,
        seq=row.seq,
        hash=f"sha256:{row.hash}",
        verb=row.verb,
        strength=row.strength,
        at=row.at.isoformat(),
        digest=next(filter(None, digests), ""),
    )
