"""The way of an evaluation: load the model and the data kept apart, measure, judge, draw, write."""

import hashlib
import platform
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa

from .answers import Answers
from .calibration import BINNING, reliability
from .groups import by_group
from .job import Job, log, write_json
from .measures import BY_GROUP, CALIBRATION, QUALITY, UNDER_NOISE
from .model import Feeds, Model, answer, load_model, read_feeds, read_truth
from .parameters import read_parameters
from .plan import Plan, read_plan
from .plots import group_plot, noise_plot, reliability_plot
from .results import Result, measured
from .robustness import under_noise
from .table import TableFile, read_tables
from .verdicts import STATUSES, Verdict, judge

FORMAT = "faur.evaluation/1"
EVALUATOR = {"name": "evaluate_tabular", "version": "1.0.0"}
HERE = Path(__file__).resolve().parent
SCHEMA = HERE / "evaluation.schema.json"
LIBRARIES = ("numpy", "pyarrow", "onnxruntime")

Json: TypeAlias = dict[str, Any]  # Any: what JSON can hold


@dataclass(frozen=True)
class Subject:
    """The model, the rows that it is tested on, and what it said about them."""

    model: Model
    files: Sequence[TableFile]
    table: pa.Table
    feeds: Feeds
    answers: Answers


def evaluate(job: Job) -> None:
    """Evaluate the input `model` on the input `test`; writes `evaluation.json`, its schema, and the pictures."""
    parameters = read_parameters(job.parameters, HERE.parent / "recipe.toml")
    plan = read_plan(parameters)
    subject = _subject(job.inputs)
    results = _results(job, plan, subject)
    verdicts = [judge(threshold, results) for threshold in plan.thresholds]
    for verdict in verdicts:
        log(f"{verdict.threshold.id}: {verdict.status}. {verdict.reason}")
    content = {
        "format": FORMAT,
        "evaluator": EVALUATOR,
        **_described(job.inputs / "test", subject),
        "parameters": dict(parameters),
        "results": [result.as_json() for result in results],
        "thresholds": [verdict.as_json() for verdict in verdicts],
        "summary": _summary(verdicts),
        "reliability": {"binning": BINNING, "bins": reliability(subject.answers, plan.sureness)},
        "plots": _draw(job.outputs, plan, subject.answers, results),
        "libraries": {"python": platform.python_version()} | {name: version(name) for name in LIBRARIES},
    }
    write_json(job.outputs / "evaluation.json", content)
    shutil.copyfile(SCHEMA, job.outputs / SCHEMA.name)


def _subject(inputs: Path) -> Subject:
    model = load_model(inputs / "model")
    table, files = read_tables(inputs / "test")
    feeds, truth = read_feeds(model, table), read_truth(model, table)
    return Subject(model, files, table, feeds, answer(model, feeds, truth))


def _results(job: Job, plan: Plan, subject: Subject) -> list[Result]:
    answers, sureness = subject.answers, plan.sureness
    steps: list[tuple[str, Callable[[], list[Result]]]] = [
        ("quality", lambda: measured(answers, QUALITY[answers.kind], sureness)[0]),
        ("calibration", lambda: measured(answers, CALIBRATION[answers.kind], sureness)[0]),
        ("robustness", lambda: under_noise(subject.model, subject.feeds, answers, plan.noise_levels, sureness)),
        *(("groups", partial(by_group, part, subject.table, answers, sureness)) for part in plan.slices),
    ]
    results: list[Result] = []
    for place, (label, measure) in enumerate(steps, start=1):
        found = measure()
        for result in found:
            _report(job, label, result)
        results += found
        job.progress(place, len(steps), label)
    return results


def _report(job: Job, label: str, result: Result) -> None:
    if result.value is None:
        return
    sure = "" if result.interval is None else f" ({result.interval[0]:.4f} to {result.interval[1]:.4f})"
    where = f" {result.slice}" if result.slice else ""
    log(f"{label}: {result.metric}{where} {result.value:.4f}{sure} on {result.n} rows")
    job.metric("/".join(filter(None, (label, result.metric, result.slice))), result.value)


def _described(test: Path, subject: Subject) -> Json:
    model, answers = subject.model, subject.answers
    data: Json = {
        "rows": len(answers),
        "files": [
            {"path": file.path, "rows": file.rows, "sha256": _digest(test / file.path)} for file in subject.files
        ],
    }
    if answers.kind != "number":
        counts = Counter(answers.truth.astype(int).tolist())
        classes = model.signature["classes"]
        data["rows_by_class"] = {str(label): counts.get(code, 0) for code, label in enumerate(classes)}
    about = {"sha256": model.sha256, "task": model.signature["task"], "kind": model.kind}
    return {"model": about, "data": data}


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _summary(verdicts: Sequence[Verdict]) -> Mapping[str, int]:
    counts = Counter(verdict.status for verdict in verdicts)
    return {status: counts.get(status, 0) for status in STATUSES}


def _draw(outputs: Path, plan: Plan, answers: Answers, results: Sequence[Result]) -> list[Json]:
    """Write the pictures that the results allow; a picture a slice and figure would be too many, so one a slice."""
    pictures: dict[str, tuple[str, str]] = {}
    if rows := reliability(answers, plan.sureness):
        pictures["reliability.svg"] = ("Reliability", reliability_plot(rows))
    noisy = UNDER_NOISE[answers.kind][0].name
    if any(result.metric == f"{noisy}_under_noise" for result in results):
        pictures["noise.svg"] = (f"{noisy} under noise", noise_plot(results, noisy))
    first = BY_GROUP[answers.kind][0].name
    for place, part in enumerate(plan.slices, start=1):
        pictures[f"groups-{place}.svg"] = (f"{first} by {part.name}", group_plot(part.name, first, results))
    for name, (_, svg) in pictures.items():
        (outputs / name).write_text(svg, encoding="utf-8")
    return [{"file": name, "title": title} for name, (title, _) in pictures.items()]
