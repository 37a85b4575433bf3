"""Promises, data kept apart, and evaluations that ended with a report made by hand, all by the real verbs."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from faur.adapters.inspectors import tabular
from faur.kernel.actors.actor import SYSTEM
from faur.kernel.blobs import ManifestFile, blobs, receipt
from faur.kernel.tasks import drain
from faur.services.compute.actions.end_job import Ending, Kept, end_job
from faur.services.compute.announcements import job_ended
from faur.services.compute.rules import State
from faur.services.compute.tests.world import World
from faur.services.data.actions.accept_version import accept_version
from faur.services.data.actions.agree_contract import agree_contract
from faur.services.data.actions.create_dataset import create_dataset
from faur.services.data.actions.publish_version import Uploaded, publish_version
from faur.services.data.descriptions import Description
from faur.services.data.models import DatasetVersion
from faur.services.data.ports import Inspected
from faur.services.data.rules import Purpose
from faur.services.models.models import ModelVersion
from faur.services.trust.actions.commit_thresholds import commit_thresholds
from faur.services.trust.actions.start_evaluation import Test, start_evaluation
from faur.services.trust.models import Evaluation, ThresholdSet
from faur.services.trust.promises import Promise

ROWS = 240
COLUMNS = {
    "size": [float((n * 13) % 60) + 0.25 for n in range(ROWS)],
    "weight": [float((n * 5) % 11) for n in range(ROWS)],
    "diagnosis": ["malignant" if (n * 13) % 60 > 30 else "benign" for n in range(ROWS)],
}
ITEMS = [
    {"id": "auc", "metric": "roc_auc", "operator": ">=", "value": 0.9},
    {"id": "recall", "metric": "recall", "operator": ">=", "value": 0.8, "slice": "weight=<5"},
    {"id": "brier", "metric": "brier", "operator": "<=", "value": 0.2},
]
SLICES = [{"name": "weight", "column": "weight", "bins": [5.0]}]
SHEET = {"composition": "Invented rows.", "origin": "Made for a test.", "personal_data": "none"}
POLICY = {"permissions": ["training", "evaluation"]}
ANSWERS = {
    "infers": "yes",
    "influences": "yes",
    "role": ["provider"],
    "union_link": "on_market",
    "exclusion": [],
    "open_source": "no",
    "affects_persons": "no",
    "generates_content": "no",
    "product": "none",
    "areas": [],
    "interacts": "no",
    "market_date": "not_yet",
    "gpai_model": "no",
}
"""Of a plain system about things: nothing is left open, and it is of minimal risk."""
PROHIBITED = {**ANSWERS, "affects_persons": "yes", "social_scoring": "yes"}


def committed(world: World, *, items: list[Any] | None = None, title: str = "What it must reach") -> ThresholdSet:
    return commit_thresholds(world.lead, world.project, promise=Promise(title, items or ITEMS, SLICES))


def held_out(world: World, folder: Path, *, agree: bool = True) -> DatasetVersion:
    """A version with one part, `test`, that no run was given, and a contract to test on it."""
    described = Description("Other cells", "", "CC0-1.0", SHEET, POLICY)
    dataset = create_dataset(world.lead, world.project, name="other-cells", description=described)
    path = folder / "held-out.parquet"
    pq.write_table(pa.table(COLUMNS), path)
    stored = blobs().put([path.read_bytes()])
    sent = Uploaded("test.parquet", "test", receipt(world.lead.uid, stored, path.name, world.project.uid))
    version = publish_version(world.lead, dataset, files=[sent])
    accept_version(SYSTEM, version, found=[Inspected(**tabular.inspect(path))])
    if agree:
        agree_contract(world.lead, world.project, version=version, purpose=Purpose.EVALUATION)
    return version


def asked(world: World, thresholds: ThresholdSet, data: DatasetVersion, split: str = "test") -> Test:
    return Test(data.uid, split, thresholds, world.allocation)


def report(evaluation: Evaluation, *statuses: str, **changes: Any) -> dict[str, Any]:
    """What an evaluator would have written: a figure for each bound, with these statuses, `pass` where not said."""
    judged, results = [], []
    bounds = evaluation.thresholds.items
    for bound, status in zip(bounds, [*statuses, *["pass"] * (len(bounds) - len(statuses))], strict=True):
        seen = {"value": 0.95, "interval": [0.93, 0.97], "n": ROWS}
        judged.append({"slice": "", **bound, "status": status, "observed": seen, "reason": "As it was made."})
        results.append(
            {"metric": bound["metric"], "slice": bound.get("slice", ""), "unit": "1", "direction": "higher",
             "confidence": 0.95, "reference": "by hand", "method": "none", "outcome": "measured", "reason": "", **seen}
        )  # fmt: skip
    weights = next(file["digest"] for file in evaluation.model_version.files if file["path"] == "model.onnx")
    return {
        "format": "faur.evaluation/1",
        "evaluator": {"name": "evaluate_tabular", "version": "1.0.0"},
        "model": {"sha256": weights.removeprefix("sha256:"), "task": "tabular-classification", "kind": "two classes"},
        "data": {"rows": ROWS, "files": [{"path": "test.parquet", "rows": ROWS, "sha256": "0" * 64}]},
        "parameters": {},
        "results": results,
        "thresholds": judged,
        "summary": {"pass": 0, "fail": 0, "inconclusive": 0, "error": 0, "not_applicable": 0},
        "reliability": {"binning": "none", "bins": []},
        "plots": [{"file": "reliability.svg", "title": "Reliability"}],
        "libraries": {},
        **changes,
    }


def ended(evaluation: Evaluation, written: object, *, state: State = State.COMPLETED) -> Evaluation:
    """The evaluation after its job left this report."""
    content = written if isinstance(written, bytes) else json.dumps(written).encode()
    files = (_kept("out/evaluation.json", content), _kept("out/reliability.svg", b"<svg/>"))
    job_ended.announce(end_job(SYSTEM, evaluation.job, Ending(state, elapsed=2, exit_code=0, kept=Kept(files))))
    drain()
    return Evaluation.objects.with_parties().get(pk=evaluation.pk)


def evaluated(
    world: World, version: ModelVersion, thresholds: ThresholdSet, data: DatasetVersion, *statuses: str
) -> Evaluation:
    """An evaluation that came to this."""
    started = start_evaluation(world.lead, version, test=asked(world, thresholds, data))
    return ended(started, report(started, *statuses))


def _kept(path: str, content: bytes) -> ManifestFile:
    stored = blobs().put([content])
    return ManifestFile(path, stored.digest, stored.size)
