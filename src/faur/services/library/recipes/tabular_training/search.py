"""Cross-validation of candidate after candidate until all are tried or the time is spent."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from sklearn.pipeline import Pipeline

from tabular_training.columns import Features
from tabular_training.families import Candidate
from tabular_training.job import Job, log
from tabular_training.scores import Scores, better, means
from tabular_training.table import Numbers

Rows = np.ndarray[tuple[int, ...], np.dtype[np.intp]]


@dataclass(frozen=True)
class Problem:
    """What is to be learnt: rows, their targets, how an answer is made and scored, and by which score to choose."""

    features: Features
    target: Numbers
    answer: Callable[[Pipeline, Numbers], Numbers]
    score: Callable[[Numbers, Numbers], Scores]
    metric: str


@dataclass
class Trial:
    """A candidate and its scores, one a fold; `complete` says that no fold is missing."""

    candidate: Candidate
    folds: list[Scores] = field(default_factory=list)
    complete: bool = False
    seconds: float = 0.0


@dataclass(frozen=True)
class Effort:
    """How much is tried: the folds' rows, the seed, the threads, and the seconds for all candidates together."""

    folds: Sequence[tuple[Rows, Rows]]
    seed: int
    threads: int
    budget: float


@dataclass(frozen=True)
class Outcome:
    """The trials that count, best first, and whether time ran out before all candidates were tried."""

    trials: list[Trial]
    exhausted: bool


def search(job: Job, problem: Problem, candidates: Sequence[Candidate], effort: Effort) -> Outcome:
    """Try `candidates` in their order. A candidate cut off by the time counts only where none is complete."""
    trials: list[Trial] = []
    started, best = time.monotonic(), None
    for place, candidate in enumerate(candidates, start=1):
        if trials and time.monotonic() - started > effort.budget:
            break
        trial = _try(job, problem, candidate, effort, started)
        trials.append(trial)
        mean = means(trial.folds)[problem.metric]
        log(f"{candidate.name}: {problem.metric} {mean:.4f} over {len(trial.folds)} folds in {trial.seconds:.1f} s.")
        job.metric(f"candidate/{candidate.name}/{problem.metric}", mean, place)
        if best is None or better(problem.metric, mean, best):
            best = mean
        job.metric(f"best/{problem.metric}", best, place)
        job.progress(place, len(candidates), f"candidate {place} of {len(candidates)}: {candidate.name}")
    exhausted = len(trials) < len(candidates) or not all(trial.complete for trial in trials)
    return Outcome(_best_first(trials, problem.metric), exhausted)


def _try(job: Job, problem: Problem, candidate: Candidate, effort: Effort, started: float) -> Trial:
    trial, begun = Trial(candidate), time.monotonic()
    for step, scores in enumerate(_scored_folds(problem, candidate, effort), start=1):
        trial.folds.append(scores)
        job.metric(f"fold/{candidate.name}/{problem.metric}", scores[problem.metric], step)
        if time.monotonic() - started > effort.budget:
            break
    trial.complete = len(trial.folds) == len(effort.folds)
    trial.seconds = time.monotonic() - begun
    return trial


def _scored_folds(problem: Problem, candidate: Candidate, effort: Effort) -> Iterator[Scores]:
    matrix = problem.features.matrix
    for learn, check in effort.folds:
        fitted = fit(problem, candidate, effort, rows=learn)
        answers = problem.answer(fitted, matrix[check])
        yield {name: float(value) for name, value in problem.score(problem.target[check], answers).items()}


def fit(problem: Problem, candidate: Candidate, effort: Effort, rows: Rows | None = None) -> Pipeline:
    """`candidate` fitted on `rows`, or on all. It answers on one thread: a sum then has one order, and one result."""
    chosen = slice(None) if rows is None else rows
    pipeline = candidate.pipeline(problem.features, effort.seed, effort.threads)
    pipeline.fit(problem.features.matrix[chosen], problem.target[chosen])
    if candidate.threaded:
        pipeline.set_params(model__n_jobs=1)
    return pipeline


def _best_first(trials: list[Trial], metric: str) -> list[Trial]:
    """Equal trials keep their order, in which the simpler family comes first."""
    counted = [trial for trial in trials if trial.complete] or trials
    lower = better(metric, 0.0, 1.0)
    return sorted(counted, key=lambda trial: means(trial.folds)[metric] * (1 if lower else -1))
