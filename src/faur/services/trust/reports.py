"""What an evaluator left: read with suspicion, since a job wrote it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from faur.kernel.blobs import blobs
from faur.kernel.errors import Refusal
from faur.kernel.record import canonical
from faur.services.compute.public import Job, State, explain, job_outputs, output_file, program_refusal
from faur.services.trust.evaluators import FOLDER, TABULAR

Json = dict[str, Any]  # Any: JSON
REPORT = "out/evaluation.json"
SCHEMA = FOLDER / TABULAR / "tabular_evaluation" / "evaluation.schema.json"
LARGEST = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Report:
    """Figures, the judgement of each threshold, and plots; `fault` says why there are none."""

    fault: str = ""
    digest: str = ""
    results: Sequence[Json] = ()
    thresholds: Sequence[Json] = ()
    artefacts: Sequence[Json] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What an evaluation was to measure: the SHA-256 of the model's file, and the bounds as they were committed."""

    model: str
    thresholds: Sequence[Json]


def report_of(job: Job, asked: Asked) -> Report:
    """The report of an ended evaluation job; what cannot be read, or answers something else, is a fault, in words."""
    if job.state != State.COMPLETED:
        refusal = program_refusal(job)
        sentence = refusal.sentence if refusal else explain(job).sentence
        return Report(fault=sentence or _("The job of the evaluation did not end well."))
    file = output_file(job, REPORT)
    if file is None or file.size > LARGEST:
        return Report(fault=_("The evaluator left no report."))
    try:
        document = json.loads(b"".join(blobs().open(file.digest)))
        canonical(document)
    except (ValueError, RecursionError, Refusal):
        return Report(fault=_("The report of the evaluator cannot be read."))
    if error := next(iter(_schema().iter_errors(document)), None):
        return Report(fault=_("The report is not in its own form: %(what)s") % {"what": error.message[:300]})
    if document["model"]["sha256"] != asked.model or _bounds(document["thresholds"]) != _bounds(asked.thresholds):
        return Report(fault=_("The report answers something else than was asked."))
    return Report(
        digest=file.digest,
        results=document["results"],
        thresholds=document["thresholds"],
        artefacts=_plots(job, document["plots"]),
    )


def _bounds(thresholds: Sequence[Json]) -> list[tuple[str, str, str, str, float]]:
    return sorted(
        (one["id"], one["metric"], one.get("slice", ""), one["operator"], float(one["value"])) for one in thresholds
    )


@cache
def _schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _plots(job: Job, plots: Sequence[Json]) -> list[Json]:
    titles = {f"out/{plot['file']}": plot["title"] for plot in plots}
    return [
        {"path": file.path, "title": titles[file.path], "digest": file.digest, "size": file.size}
        for file in job_outputs(job)
        if file.path in titles
    ]
