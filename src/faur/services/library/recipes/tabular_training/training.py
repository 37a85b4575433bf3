"""The way of a training from its input to a model: read, try, choose, convert, prove, write."""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pyarrow as pa
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.pipeline import Pipeline

from tabular_training.agreement import Agreement, compare
from tabular_training.columns import read_features
from tabular_training.families import candidates
from tabular_training.graph import classifier_graph, opsets, regressor_graph
from tabular_training.job import Job, Refused, log, write_json
from tabular_training.parameters import Values, read_parameters
from tabular_training.scores import classification_scores, deviations, means, regression_scores
from tabular_training.search import Effort, Outcome, Problem, Trial, fit, search
from tabular_training.signature import (
    FORMAT,
    libraries,
    signature_of_classes,
    signature_of_features,
    signature_of_numbers,
)
from tabular_training.table import TableFile, read_tables
from tabular_training.targets import read_classes, read_numbers

TOLERANCE = 1e-4  # float32 against float64: about a thousand times its rounding, far below what changes a decision


@dataclass(frozen=True)
class Task:
    """What differs between the recipes: the problem, its graph, and how its answer is described and compared."""

    name: str
    problem: Problem
    graph: Callable[[Pipeline], onnx.ModelProto]
    signature: Mapping[str, Any]  # Any: JSON
    output: str
    tolerance: float
    splitter: KFold | StratifiedKFold


@dataclass(frozen=True)
class Made:
    """A model that was proved: its bytes, the trial that it came from, and the proof."""

    content: bytes
    opsets: Mapping[str, int]
    trial: Trial
    agreement: Agreement


def train(job: Job, recipe: Path, task_of: Callable[[pa.Table, Values], Task]) -> None:
    """Train by `recipe` on the input `train`; writes `model.onnx`, `model.json` and `report.json`."""
    parameters = read_parameters(job.parameters, recipe)
    table, files = read_tables(job.inputs / "train")
    task = task_of(table, parameters)
    features = task.problem.features
    job.metric("train/rows", len(features))
    effort = Effort(
        folds=list(task.splitter.split(features.matrix, task.problem.target)),
        seed=parameters["seed"],
        threads=int(os.environ.get("OMP_NUM_THREADS") or 1),
        budget=parameters["time_budget_s"],
    )
    outcome = search(job, task.problem, candidates(task.name, parameters["family"]), effort)
    made = _proved(job, task, outcome, effort)
    _write(job, task, made, parameters)
    write_json(job.outputs / "report.json", _report(task, made, outcome, parameters, files))
    log(f"Wrote model.onnx ({len(made.content)} bytes): {made.trial.candidate.name}.")


def classification(table: pa.Table, parameters: Values) -> Task:
    """The task of telling classes apart."""
    target, folds, threshold = parameters["target"], parameters["folds"], parameters["threshold"]
    features = read_features(table, target, parameters.get("features"))
    classes = read_classes(table, target, parameters.get("positive_class"), folds)
    score = classification_scores(classes, threshold)
    return Task(
        name="tabular-classification",
        problem=Problem(features, classes.codes, Pipeline.predict_proba, score, parameters["metric"]),
        graph=lambda pipeline: classifier_graph(pipeline, features, classes, threshold),
        signature=signature_of_classes(target, classes, threshold) | {"training_rows_by_class": classes.counts()},
        output="probabilities",
        tolerance=TOLERANCE,
        splitter=StratifiedKFold(folds, shuffle=True, random_state=parameters["seed"]),
    )


def regression(table: pa.Table, parameters: Values) -> Task:
    """The task of foretelling a number; the tolerance is relative to the target's standard deviation."""
    target, folds = parameters["target"], parameters["folds"]
    features = read_features(table, target, parameters.get("features"))
    values = read_numbers(table, target, folds)
    return Task(
        name="tabular-regression",
        problem=Problem(features, values, Pipeline.predict, regression_scores, parameters["metric"]),
        graph=lambda pipeline: regressor_graph(pipeline, features),
        signature=signature_of_numbers(target, values),
        output="prediction",
        tolerance=TOLERANCE * float(np.std(values)),
        splitter=KFold(folds, shuffle=True, random_state=parameters["seed"]),
    )


def _proved(job: Job, task: Task, outcome: Outcome, effort: Effort) -> Made:
    """The best candidate whose ONNX form agrees with it."""
    problem = task.problem
    for trial in outcome.trials:
        pipeline = fit(problem, trial.candidate, effort)
        model = task.graph(pipeline)
        content = model.SerializeToString(deterministic=True)
        agreement = compare(content, task.output, pipeline, problem, task.tolerance)
        job.metric("agreement/max_abs_difference", agreement.largest_difference)
        if agreement.holds:
            return Made(content, opsets(model), trial, agreement)
        log(f"{trial.candidate.name}: its ONNX form differs by {agreement.largest_difference:.2g}; not taken.")
    raise Refused(
        "model.disagrees",
        f"No candidate could be written as ONNX and still agree with itself within {task.tolerance:.2g} on all rows.",
        "Look for features whose values are very large beside their spread, and shift or scale them.",
    )


def _write(job: Job, task: Task, made: Made, parameters: Values) -> None:
    for name, value in means(made.trial.folds).items():
        job.metric(f"validation/{name}", value)
    (job.outputs / "model.onnx").write_bytes(made.content)
    candidate = made.trial.candidate
    signature = {
        "format": FORMAT,
        "task": task.name,
        "file": "model.onnx",
        "sha256": hashlib.sha256(made.content).hexdigest(),
        "framework": "scikit-learn",
        "family": candidate.family,
        "settings": dict(candidate.settings),
        **signature_of_features(task.problem.features),
        **task.signature,
        "opset": dict(made.opsets),
        "training_rows": len(task.problem.features),
        "seed": parameters["seed"],
        "libraries": dict(libraries()),
    }
    write_json(job.outputs / "model.json", signature)


def _report(
    task: Task, made: Made, outcome: Outcome, parameters: Values, files: list[TableFile]
) -> dict[str, Any]:  # Any: JSON
    features = task.problem.features
    every = [*features.numbers, *features.categories]
    return {
        "format": "faur.training-report/1",
        "task": task.name,
        "parameters": dict(parameters),
        "data": {
            "files": [vars(file) for file in files],
            "rows": len(features),
            "features": [feature.name for feature in every],
            "left_out": features.left_out,
            "missing_replaced": {feature.name: feature.missing for feature in every if feature.missing},
        },
        "candidates": [_trial(trial) for trial in outcome.trials],
        "chosen": made.trial.candidate.name,
        "chosen_by": task.problem.metric,
        "time_budget_spent": outcome.exhausted,
        "agreement": vars(made.agreement),
    }


def _trial(trial: Trial) -> dict[str, Any]:  # Any: JSON
    return {
        "name": trial.candidate.name,
        "family": trial.candidate.family,
        "settings": dict(trial.candidate.settings),
        "complete": trial.complete,
        "seconds": round(trial.seconds, 3),
        "mean": means(trial.folds),
        "deviation": dict(deviations(trial.folds)),
        "folds": trial.folds,
    }
