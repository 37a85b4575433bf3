"""All that the factory knows of one model version."""

from collections.abc import Iterator

from faur.services.data.public import Contract, DatasetVersion
from faur.services.library.public import RecipeVersion
from faur.services.models.public import ModelVersion
from faur.services.trust import evidence
from faur.services.trust.gathering import origin, proof
from faur.services.trust.gathering.entries import Entries
from faur.services.trust.models import Declaration, Evaluation


def evidence_of(version: ModelVersion) -> evidence.Evidence:
    """The evidence of `version` (with its model, project, organisation, run and job), today; some ten queries."""
    project, run = version.model.project, version.run
    entries = Entries.of_project(project.uid, run.recipe_manifest)
    tested = list(_evaluations(version))
    declared = list(Declaration.objects.filter(model=version.model).order_by("-pk"))
    names = proof.names_of([*(row.declared_by for row in declared), *_promoters(entries)])
    recipe = RecipeVersion.objects.filter(manifest=run.recipe_manifest).first()
    earlier = version.model.versions.filter(number__lt=version.number).order_by("number")
    classified = entries.ref("trust.classify", version.model.uid)
    return evidence.Evidence(
        provider=origin.provider(project.organisation, entries),
        project=origin.project(project, entries),
        award=origin.award(entries),
        model=proof.model(version, earlier, entries),
        datasets=tuple(_datasets(version, tested, entries)),
        contracts=tuple(_contracts(version, tested, entries)),
        recipe=origin.recipe(recipe, entries),
        run=origin.run(run, proof.libraries_of(version), entries),
        commitment=proof.commitment(tested, entries),
        evaluations=tuple(filter(None, (proof.evaluation(row, entries) for row in tested))),
        classification_ref=classified,
        promotion=proof.promotion(version, entries, names),
        endpoints=proof.endpoints(version, entries),
        declarations=proof.declarations(declared, entries, names),
    )


def _evaluations(version: ModelVersion) -> Iterator[Evaluation]:
    """The ended evaluations of the version, newest first."""
    rows = version.evaluations.exclude(state=Evaluation.State.RUNNING)
    yield from rows.select_related("dataset_version__dataset", "thresholds", "job").order_by("-pk")[:20]


def _promoters(entries: Entries) -> list[str]:
    return [entry.actor_uid for entry in entries.all("models.promote_model")]


def _datasets(version: ModelVersion, tested: list[Evaluation], entries: Entries) -> Iterator[evidence.DatasetVersion]:
    """What the run was given and what it was tested on, each version and part once."""
    given = {str(one["version"]): str(one["split"]) for one in version.run.inputs.values()}
    trained = DatasetVersion.objects.filter(uid__in=given).select_related("dataset__project")
    uses = [(row, "training", given[row.uid]) for row in trained]
    uses += [(row.dataset_version, "evaluation", row.split) for row in tested]
    seen = set()
    for row, role, split in uses:
        found = origin.dataset(row, role, split, entries)
        if found and (row.uid, role, split) not in seen:
            seen.add((row.uid, role, split))
            yield found


def _contracts(version: ModelVersion, tested: list[Evaluation], entries: Entries) -> Iterator[evidence.Contract]:
    used = {str(one["version"]) for one in version.run.inputs.values()}
    used |= {row.dataset_version.uid for row in tested}
    rows = Contract.objects.filter(project=version.model.project, version__uid__in=used)
    for row in rows.select_related("version__dataset").order_by("pk"):
        found = origin.contract(row, entries)
        if found:
            yield found
