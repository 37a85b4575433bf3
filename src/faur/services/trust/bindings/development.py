"""Annex IV, points 2(a) to 2(d): how the model was made, of what, and with how much computation."""

import json

from faur.services.trust.bindings.system import model_files
from faur.services.trust.content import Draft
from faur.services.trust.evidence import DatasetVersion, Evidence, Run, Usage

COLUMNS_SHOWN = 200
"""The columns of a data set that the file lists; how many more there are it says."""


def development_steps(evidence: Evidence, draft: Draft) -> None:
    """2a: recipe, run and the model that it started from."""
    recipe = evidence.recipe
    if recipe is None:
        draft.lacks("recipe")
    else:
        lines = [("name", recipe.name), ("version", recipe.version), ("licence", recipe.licence)]
        draft.facts(draft.words("fact.recipe"), [*lines, ("digest", recipe.digest)], recipe.ref)
    if evidence.run is None:
        draft.lacks("run")
    else:
        _run(evidence.run, draft)
    if evidence.model:
        base = evidence.model.base_model or draft.words("fact.no_base_model")
        draft.facts(draft.words("fact.base_model"), [("base_model", base)], evidence.model.ref)


def design(evidence: Evidence, draft: Draft) -> None:
    """2b: the parameters as the run had them; the reasons for them a person must give."""
    if evidence.run is None:
        draft.lacks("run")
        return
    rows = [(name, _parameter(value)) for name, value in sorted(evidence.run.parameters.items())]
    draft.grid(draft.words("fact.parameters"), ("parameter", "value"), rows, evidence.run.start_ref)


def architecture_and_compute(evidence: Evidence, draft: Draft) -> None:
    """2c: what the model consists of, and what training and evaluation were charged for."""
    model = evidence.model
    if model is None:
        draft.lacks("model")
    else:
        draft.facts(draft.words("document.system"), [("format", model.format), ("family", model.family)], model.ref)
        model_files(model, draft)
    training = evidence.run.usage if evidence.run else None
    if training is None:
        draft.lacks("usage")
    usages = [("training", training), *(("evaluation", each.usage) for each in evidence.evaluations)]
    known = [(step, usage) for step, usage in usages if usage]
    draft.grid(
        draft.words("fact.computation"),
        ("step", "core_seconds", "gpu_seconds", "elapsed"),
        [_usage(step, usage, draft) for step, usage in known],
        *(usage.ref for _, usage in known),
        numeric=(1, 2, 3),
    )
    if evidence.award:
        amount = f"{draft.words.whole(evidence.award.amount)} {evidence.award.unit}"
        draft.facts(draft.words("fact.award"), [("award", f"{evidence.award.call}: {amount}")], evidence.award.ref)


def data_sheets(evidence: Evidence, draft: Draft) -> None:
    """2d: each version that was used, its profile as the factory saw it, and its sheet as a person wrote it."""
    if not evidence.datasets:
        draft.lacks("datasets")
        return
    rows = [_dataset(dataset, draft) for dataset in evidence.datasets]
    head = ("dataset", "role", "rows", "columns", "licence")
    refs = [dataset.ref for dataset in evidence.datasets]
    draft.grid(draft.words("fact.datasets"), head, rows, *refs, numeric=(2, 3))
    for dataset in _each_once(evidence.datasets):
        _sheet(dataset, draft)
    contracts = [
        (each.dataset, draft.words.term("purpose", each.purpose), draft.words.term("state", each.state))
        for each in evidence.contracts
    ]
    agreed = [contract.ref for contract in evidence.contracts]
    draft.grid(draft.words("fact.contracts"), ("dataset", "purpose_of_use", "state"), contracts, *agreed)


def _run(run: Run, draft: Draft) -> None:
    seed = "" if run.seed is None else str(run.seed)
    draft.facts(draft.words("fact.run"), [("run", run.uid), ("seed", seed)], run.start_ref)
    if run.environment:
        packages = ", ".join(f"{name} {version}" for name, version in sorted(run.environment.packages))
        draft.facts(draft.words("fact.software"), [("packages", packages)], run.environment.ref)


def _parameter(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _usage(step: str, usage: Usage, draft: Draft) -> tuple[str, ...]:
    whole = draft.words.whole
    return (
        draft.words(f"fact.{step}"),
        whole(usage.core_seconds),
        whole(usage.gpu_seconds),
        whole(usage.elapsed),
    )


def _dataset(dataset: DatasetVersion, draft: Draft) -> tuple[str, ...]:
    role = draft.words.term("purpose", dataset.role)
    return (
        f"{dataset.title} {dataset.number}",
        f"{role} ({dataset.split})" if dataset.split else role,
        draft.words.whole(dataset.rows),
        draft.words.whole(len(dataset.columns)),
        dataset.licence,
    )


def _sheet(dataset: DatasetVersion, draft: Draft) -> None:
    name = f"{dataset.title} {dataset.number}"
    if dataset.sheet and dataset.sheet_ref:
        rows = [(draft.words.term("sheet", part), text) for part, text in dataset.sheet.items() if text]
        draft.listing(draft.words("fact.sheet_of", dataset=name), rows, dataset.sheet_ref)
    else:
        draft.lacks("sheet", dataset=name)
    shown = dataset.columns[:COLUMNS_SHOWN]
    columns = [
        (column.name, draft.words.term("type", column.kind), draft.words.whole(column.missing)) for column in shown
    ]
    caption = draft.words("fact.columns_of", dataset=name)
    draft.grid(caption, ("column", "kind", "missing_values"), columns, dataset.ref, numeric=(2,))
    if len(dataset.columns) > len(shown):
        draft.sentence("more_columns", dataset.ref, count=draft.words.whole(len(dataset.columns) - len(shown)))


def _each_once(datasets: tuple[DatasetVersion, ...]) -> list[DatasetVersion]:
    return list({dataset.uid: dataset for dataset in reversed(datasets)}.values())[::-1]
