"""Where a model comes from: its provider, the award, the data and the contracts on them, the recipe, the run."""

from typing import Any

from faur.services.compute.public import Job
from faur.services.data.public import Contract as ContractRow
from faur.services.data.public import DatasetVersion as DatasetRow
from faur.services.data.public import columns_of, digest_of_json
from faur.services.library.public import RecipeVersion
from faur.services.projects.public import Organisation
from faur.services.projects.public import Project as ProjectRow
from faur.services.training.public import Run as RunRow
from faur.services.trust.evidence import (
    Award,
    Column,
    Contract,
    DatasetVersion,
    Environment,
    Project,
    Provider,
    Recipe,
    Run,
    Usage,
)
from faur.services.trust.gathering.entries import Entries, ref_to

Json = dict[str, Any]  # Any: JSON


def provider(organisation: Organisation, entries: Entries) -> Provider | None:
    ref = entries.ref("projects.found_project", organisation.uid)
    identifier = organisation.registration_number or organisation.vat
    return Provider(organisation.name, organisation.country, ref, identifier) if ref else None


def project(row: ProjectRow, entries: Entries) -> Project | None:
    ref = entries.ref("projects.found_project", row.uid)
    return Project(row.uid, row.title, ref) if ref else None


def award(entries: Entries) -> Award | None:
    row = entries.last("access.award")
    if row is None:
        return None
    claims = row.claims
    return Award(str(claims["mode"]), int(str(claims["amount"])), str(claims["unit"]), ref_to(row))


def dataset(row: DatasetRow, role: str, split: str, entries: Entries) -> DatasetVersion | None:
    ref = entries.ref("data.accept_version", row.uid)
    if ref is None:
        return None
    sheet_ref = entries.ref("data.edit_dataset", row.dataset.uid) or entries.ref("data.create_dataset", row.dataset.uid)
    rows = [profile.get("rows") or 0 for profile in row.profile if profile["split"] == split]
    return DatasetVersion(
        uid=row.uid,
        title=row.dataset.title,
        number=row.number,
        digest=row.manifest,
        licence=row.dataset.licence,
        role=role,
        ref=ref,
        split=split,
        rows=sum(rows) if rows else None,
        columns=tuple(_column(column) for column in columns_of(row, split)),
        sheet={part: text for part, text in row.dataset.sheet.items() if text},
        sheet_ref=sheet_ref,
    )


def contract(row: ContractRow, entries: Entries) -> Contract | None:
    approved = entries.ref("data.approve_contract", row.uid)
    ref = approved or entries.ref("data.agree_contract", row.uid)
    return Contract(row.version.title, row.purpose, row.state, ref) if ref else None


def recipe(row: RecipeVersion | None, entries: Entries) -> Recipe | None:
    ref = entries.ref("library.add_recipe", row.manifest) if row else None
    if row is None or ref is None:
        return None
    return Recipe(row.name, row.version, row.manifest, str(row.document["licence"]), ref)


def run(row: RunRow, libraries: dict[str, str], entries: Entries) -> Run | None:
    start = entries.ref("training.start_run", row.uid)
    if start is None:
        return None
    seed = row.parameters.get("seed")
    return Run(
        uid=row.uid,
        parameters=row.parameters,
        seed=seed if isinstance(seed, int) else None,
        start_ref=start,
        usage=usage(row.job, entries),
        environment=_environment(row, libraries, entries),
    )


def usage(job: Job | None, entries: Entries) -> Usage | None:
    """What an ended job was charged for, from its entry: figures of the scheduler, not of the program."""
    row = entries.last("compute.end_job", job.uid) if job else None
    if row is None:
        return None
    claims: Any = row.claims  # Any: JSON
    elapsed = int(claims["elapsed"] or 0)
    return Usage(
        core_seconds=claims["cores"] * elapsed,
        gpu_seconds=claims["gpus"] * elapsed,
        elapsed=elapsed,
        cores=claims["cores"],
        gpus=claims["gpus"],
        memory=int(claims.get("max_memory") or 0),
        ref=ref_to(row),
    )


def _environment(row: RunRow, libraries: dict[str, str], entries: Entries) -> Environment | None:
    """The software as the program itself reported it, and the sandbox as the platform saw it."""
    reported = entries.last("training.finish_run", row.uid)
    if reported is None or not libraries or row.job is None:
        return None
    packages = tuple(sorted((name, version) for name, version in libraries.items() if name != "python"))
    return Environment(
        lock=digest_of_json(libraries),
        interpreter=f"Python {libraries['python']}" if "python" in libraries else "",
        packages=packages,
        sandbox="" if row.job.sandbox == "none" else row.job.sandbox,
        ref=ref_to(reported),
    )


def _column(column: Json) -> Column:
    return Column(str(column.get("name")), str(column.get("type")), int(column.get("missing") or 0))
